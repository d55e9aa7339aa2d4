import { describe, expect, it } from 'vitest';
import { archiveName, parseArchiveName, type Archive } from './places.ts';
import { superfluous } from './retention.ts';

const HOUR = 3600_000;
const now = new Date('2026-11-20T03:00:00Z');
const archive = (hoursAgo: number, before?: string): Archive =>
	parseArchiveName(archiveName(new Date(now.getTime() - hoursAgo * HOUR), before))!;
const kept = (archives: Archive[], keep = { daily: 7, weekly: 4, monthly: 12 }) => {
	const gone = new Set(superfluous(archives, keep, now));
	return archives.filter((one) => !gone.has(one));
};

describe('which backups stay', () => {
	it('is at most 7 days, 4 weeks and 12 months of nightly ones', () => {
		const nightly = Array.from({ length: 3 * 365 }, (_, day) => archive(day * 24));
		const stay = kept(nightly);
		expect(stay.length).toBeLessThanOrEqual(7 + 4 + 12);
		expect(stay.slice(0, 7)).toEqual(nightly.slice(0, 7));
		expect(new Set(stay.map(({ at }) => at.toISOString().slice(0, 7))).size).toBe(12);
	});

	it('is all of the last day, and the newest even when it is old', () => {
		const today = [archive(0), archive(1), archive(5)];
		expect(kept(today)).toEqual(today);
		const old = [archive(9000)];
		expect(kept(old, { daily: 0, weekly: 0, monthly: 0 })).toEqual(old);
	});

	it('is the last of a day by the clock of Vietnam', () => {
		// 16:00 and 18:00 UTC are two days in Vietnam, 18:00 and 20:00 UTC are one.
		const [late, next, same] = [archive(59), archive(57), archive(55)];
		const stay = kept([archive(0), same, next, late]);
		expect(stay).toContain(same);
		expect(stay).not.toContain(next);
		expect(stay).toContain(late);
	});

	it('is the last three before a migration, whatever their age', () => {
		const before = [400, 800, 1200, 1600].map((hours) => archive(hours, '20261101000100'));
		expect(kept([archive(0), ...before])).toEqual([archive(0), ...before.slice(0, 3)]);
	});
});

describe('the name of an archive', () => {
	it('says when and before which migration, and other files are left alone', () => {
		expect(archiveName(new Date('2026-11-20T04:43:58.355Z'))).toBe(
			'lang-nghe-20261120T044358Z.tar.gz.age'
		);
		expect(archive(0, '20261101000100').beforeMigration).toBe('20261101000100');
		for (const name of ['notes.txt', 'lang-nghe-20261120T044358Z.tar.gz.age.part']) {
			expect(parseArchiveName(name)).toBeUndefined();
		}
	});
});
