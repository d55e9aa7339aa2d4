// The comparison itself: every daily tally, every monthly sum with the release rule applied again, the months of
// released comments, every plain figure. Works on any connection that a snapshot can be read from.

import { TALLIES, type Tally } from './count-response.ts';
import type { Snapshot, Stratum } from './database.ts';
import { Differences } from './differences.ts';
import { compareFigures } from './figures.ts';
import { ReleaseRule } from './release-rule.ts';

const columnsOf = (at: number) => (key: string) => TALLIES[key.split('|')[at] as Tally];

/** Released so far: "organisation|pool" to the last day, and whether a unit moved since. */
async function releasedDays(snapshot: Snapshot) {
	const marks = await snapshot.rows<{ name: string; day: string; received: string }>(
		`select organisation_id || '|' || pool as name, released_through::text as day, received::text from private.release_marks`
	);
	const moved = await snapshot.rows(
		`select from public.unit_tree where valid_from > (select min(released_through) from private.release_marks) limit 1`
	);
	return {
		marks: new Map(marks.map(({ name, day }) => [name, day])),
		received: new Map(marks.map(({ name, received }) => [name, [BigInt(received)]])),
		treeMoved: moved.length > 0
	};
}

async function compareComments(
	snapshot: Snapshot,
	rule: ReleaseRule,
	keptFrom: string,
	found: Differences
) {
	const comments = await snapshot.rows<{ name: string; month: string | null; n: number }>(
		`select service_point_id || '|' || pool || '|' || counted_on as name, released_month::text as month, count(*)::integer as n
		from public.response_comments where counted_on >= $1 group by 1, 2`,
		[keptFrom]
	);
	for (const { name, month, n } of comments) {
		found.compared++;
		const expected = rule.commentMonths.get(name) ?? null;
		if (month !== expected) {
			found.add(
				`${n} comments of ${name} belong to ${expected ?? 'no month yet'}, stored ${month ?? 'none'}`
			);
		}
	}
	return comments.reduce((sum, { n }) => sum + n, 0);
}

/** The flagged part of a day, where the rules that look back have been: they may still flag what they have not seen. */
async function compareFlags(
	snapshot: Snapshot,
	day: string,
	{ flags, flagged }: Pick<Awaited<ReturnType<Snapshot['countedDay']>>, 'flags' | 'flagged'>,
	strata: Map<number, Stratum>,
	found: Differences
) {
	const marks = await snapshot.rows<{ name: string }>(
		`select organisation_id || '|' || pool as name from private.flag_marks where flagged_through >= $1`,
		[day]
	);
	const seen = new Set(marks.map(({ name }) => name));
	const wasSeen = <T>(counted: Map<string, T>) =>
		new Map(
			[...counted].filter(([key]) => {
				const stratum = strata.get(Number(key.split('|')[1]));
				return stratum && seen.has(`${stratum.organisation}|${stratum.pool}`);
			})
		);
	const stored = await snapshot.storedFlagged(day);
	found.maps(`flagged answers of ${day}`, () => ['answers'], stored, wasSeen(flagged));
	found.maps(`flags of ${day}`, columnsOf(2), await snapshot.storedFlags(day), wasSeen(flags));
}

async function excludedOf(
	snapshot: Snapshot,
	day: string,
	isReached: (stratum: string | undefined) => boolean
) {
	const excluded = await snapshot.storedExcluded(day);
	return new Map([...excluded].filter(([key]) => isReached(key.split('|')[1])));
}

/** Leaves out of the recounted months what exclusions left out, and holds each of them to the rule: 5 out, 0 or 5 left. */
async function leaveOut(snapshot: Snapshot, rule: ReleaseRule, found: Differences) {
	for (const [name, persons] of await snapshot.leftOut()) {
		const part = rule.excluded.get(name);
		found.row(`left out ${name}`, ['persons'], [persons], [part?.persons ?? 0]);
		if (!part) continue;
		const line = name.slice(name.indexOf('|') + 1);
		rule.leaveOut(part);
		rule.persons.set(line, (rule.persons.get(line) ?? 0) - part.persons);
		if (part.persons < 5) found.add(`${name} leaves only ${part.persons} persons out`);
	}
	for (const [line, persons] of rule.persons) {
		if (persons < 0 || (persons > 0 && persons < 5)) found.add(`${line} holds ${persons} persons`);
	}
}

/** What a recount looked at, in one line, and what it found different. */
export interface Recounted {
	summary: string;
	found: Differences;
}

/** Counts everything again. @throws Error when an answer refers to something unknown */
export async function recount(snapshot: Snapshot): Promise<Recounted> {
	const found = new Differences();
	const [strata, items, points] = [
		await snapshot.strata(),
		await snapshot.items(),
		await snapshot.schemeOfPoints()
	];
	const { marks, received: upToMark, treeMoved } = await releasedDays(snapshot);
	const kept = await snapshot.rows<{ day: string }>(
		`select raw_kept_from::text as day from private.retention`
	);
	const keptFrom = kept[0]?.day ?? '-infinity';
	const rule = new ReleaseRule();
	const counts = { responses: 0, tallies: 0 };
	const countedUpToMark = new Map<string, bigint[]>();

	for (const day of await snapshot.days()) {
		const stored = await snapshot.storedDay(day);
		const received = new Map(
			(
				await snapshot.rows<{ name: string; n: number }>(
					`select service_point_id || '|' || pool as name, responses as n from private.response_counts where day = $1`,
					[day]
				)
			).map(({ name, n }) => [name, [n]])
		);
		const hasRaw = keptFrom === '-infinity' || day >= keptFrom;
		const counted = hasRaw
			? await snapshot.countedDay(day, strata, items)
			: { sums: stored, responses: received };
		if (hasRaw) {
			found.maps(`tally of ${day}`, columnsOf(1), stored, counted.sums);
			found.maps(`responses of ${day}`, () => ['responses'], received, counted.responses);
		}
		if ('flags' in counted) await compareFlags(snapshot, day, counted, strata, found);
		counts.tallies += stored.size;
		const isReleased = (organisation: string, pool: string) =>
			(marks.get(`${organisation}|${pool}`) ?? '') >= day;
		for (const [name, [n = 0]] of counted.responses) {
			counts.responses += n;
			const [point = '', pool = ''] = name.split('|');
			const of = points.get(point);
			if (of && isReleased(of.organisation, pool)) {
				rule.addResponses(day, point, pool, n, of.scheme);
				const name = `${of.organisation}|${pool}`;
				countedUpToMark.set(name, [(countedUpToMark.get(name)?.[0] ?? 0n) + BigInt(n)]);
			}
		}
		const isReached = (id: string | undefined) => {
			const stratum = strata.get(Number(id));
			return stratum !== undefined && isReleased(stratum.organisation, stratum.pool);
		};
		const reached = [...counted.sums].filter(([key]) => isReached(key.split('|')[0]));
		rule.addDay(day, new Map(reached), strata, await excludedOf(snapshot, day, isReached));
	}
	await leaveOut(snapshot, rule, found);

	found.maps('received up to the last release', () => ['received'], upToMark, countedUpToMark);
	const months = await snapshot.storedMonths();
	found.maps('monthly sum', columnsOf(2), months, rule.months);
	const comments = await compareComments(snapshot, rule, keptFrom, found);
	// Figures are computed at a release: with the tree of that day.
	const figures = treeMoved ? 0 : await compareFigures(snapshot, strata, rule.months, found);
	const summary =
		`Recounted ${counts.responses} responses: ${counts.tallies} daily tallies, ${months.size} monthly sums, ${comments} comments, ` +
		(treeMoved
			? 'figures not compared (a unit moved since the last release).'
			: `${figures} figures.`);
	return { summary, found };
}
