// Which backups stay: the newest of each of the last days, weeks and months that have one. Pure.

import type { Archive } from './places.ts';

export interface Keep {
	daily: number;
	weekly: number;
	monthly: number;
}

/** Backups before a migration are kept apart: they are what a bad update is taken back with. */
const BEFORE_MIGRATION = 3;

/** Vietnam is 7 hours ahead of UTC all year: the day of an archive is that of the office. */
const localDay = (at: Date) => new Date(at.getTime() + 7 * 3600_000).toISOString().slice(0, 10);

/** Days since the Monday 1970-01-05, in whole weeks. */
const week = (at: Date) => String(Math.floor((Date.parse(localDay(at)) / 86_400_000 - 4) / 7));

/** What was made within a day stays: who makes two backups before a risky step wants both. */
const YOUNG = 24 * 3600_000;

/** The archives that may be deleted at a time; the newest one never is. */
export function superfluous(archives: Archive[], keep: Keep, now: Date): Archive[] {
	const newestFirst = [...archives].sort((a, b) => b.at.getTime() - a.at.getTime());
	const young = newestFirst.filter(({ at }) => now.getTime() - at.getTime() < YOUNG);
	const kept = new Set([...newestFirst.slice(0, 1), ...young]);
	const regular = newestFirst.filter(({ beforeMigration }) => !beforeMigration);
	const keepNewestOf = (period: (at: Date) => string, count: number) => {
		const seen = new Set<string>();
		for (const archive of regular) {
			const name = period(archive.at);
			if (seen.has(name) || seen.size >= count) continue;
			seen.add(name);
			kept.add(archive);
		}
	};
	keepNewestOf(localDay, keep.daily);
	keepNewestOf(week, keep.weekly);
	keepNewestOf((at) => localDay(at).slice(0, 7), keep.monthly);
	const before = newestFirst.filter(({ beforeMigration }) => beforeMigration);
	for (const archive of before.slice(0, BEFORE_MIGRATION)) kept.add(archive);
	return newestFirst.filter((archive) => !kept.has(archive));
}
