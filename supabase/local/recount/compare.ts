// The comparison itself: every daily tally, every monthly sum with the release rule applied again, the months of
// released comments, every plain figure. Works on any connection that a snapshot can be read from.

import { TALLIES, type Tally } from './count-response.ts';
import type { KeptFrom, Snapshot } from './database.ts';
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

interface CommentGroup {
	name: string;
	organisation: string;
	day: string;
	month: string | null;
	n: number;
}

async function compareComments(
	snapshot: Snapshot,
	rule: ReleaseRule,
	keptFrom: KeptFrom,
	found: Differences
) {
	const stored = await snapshot.rows<CommentGroup>(
		`select service_point_id || '|' || c.pool || '|' || counted_on as name, released_month::text as month,
			p.organisation_id as organisation, counted_on::text as day, count(*)::integer as n
		from public.response_comments as c join public.service_points as p on p.id = c.service_point_id group by 1, 2, 3, 4`
	);
	// What is past its time but not deleted yet is counted no more.
	const comments = stored.filter(({ organisation, day }) => keptFrom.holds(organisation, day));
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
	const keptFrom = await snapshot.keptFrom();
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
		// Where an organisation's raw responses are gone, its tallies are taken as they are.
		const ofStratum = (key: string) => strata.get(Number(key.split('|')[0]))?.organisation;
		const ofPoint = (name: string) => points.get(name.split('|')[0] ?? '')?.organisation;
		const isGone = (organisation: string | undefined) =>
			organisation !== undefined && !keptFrom.holds(organisation, day);
		const counted = await snapshot.countedDay(day, strata, items, (of) => !isGone(of));
		for (const [key, values] of stored) if (isGone(ofStratum(key))) counted.sums.set(key, values);
		for (const [name, n] of received) if (isGone(ofPoint(name))) counted.responses.set(name, n);
		found.maps(`tally of ${day}`, columnsOf(1), stored, counted.sums);
		found.maps(`responses of ${day}`, () => ['responses'], received, counted.responses);
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
		const reached = [...counted.sums].filter(([key]) => {
			const stratum = strata.get(Number(key.split('|')[0]));
			return stratum && isReleased(stratum.organisation, stratum.pool);
		});
		rule.addDay(day, new Map(reached), strata);
	}

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
