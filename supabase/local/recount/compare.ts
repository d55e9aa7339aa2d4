// The comparison itself: every daily tally, every monthly sum with the release rule applied again, the months of
// released comments, every plain figure, every published cell. Works on any connection that a snapshot can be read from.

import { TALLIES, type Tally } from './count-response.ts';
import type { KeptFrom, Snapshot } from './database.ts';
import { Differences } from './differences.ts';
import { compareFigures } from './figures.ts';
import { comparePublished } from './published.ts';
import { ReleaseRule, type Sums } from './release-rule.ts';

const columnsOf = (at: number) => (key: string) => TALLIES[key.split('|')[at] as Tally];

/** Released so far: "organisation|pool" to the last day, and the organisations whose units moved since. */
async function releasedDays(snapshot: Snapshot) {
	const marks = await snapshot.rows<{ name: string; day: string; received: string }>(
		`select organisation_id || '|' || pool as name, released_through::text as day, received::text from private.release_marks`
	);
	const moved = await snapshot.rows<{ id: string }>(
		`select distinct u.organisation_id as id
		from public.unit_tree as t join public.units as u on u.id = t.descendant_id
		where t.valid_from > (
			select min(m.released_through) from private.release_marks as m where m.organisation_id = u.organisation_id)`
	);
	return {
		marks: new Map(marks.map(({ name, day }) => [name, day])),
		received: new Map(marks.map(({ name, received }) => [name, [BigInt(received)]])),
		moved: moved.map(({ id }) => id)
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

/** The flagged part of a day, where the rules that look back have been and raw responses are still there. */
async function compareFlags(
	snapshot: Snapshot,
	day: string,
	{ flags, flagged }: Pick<Awaited<ReturnType<Snapshot['countedDay']>>, 'flags' | 'flagged'>,
	poolOf: (stratum: string | undefined) => string | undefined,
	found: Differences
) {
	const marks = await snapshot.rows<{ name: string }>(
		`select organisation_id || '|' || pool as name from private.flag_marks where flagged_through >= $1`,
		[day]
	);
	const seen = new Set(marks.map(({ name }) => name));
	const isSeen = ([key]: [string, number[]]) => seen.has(poolOf(key.split('|')[1]) ?? '');
	const only = (sums: Sums) => new Map([...sums].filter(isSeen));
	const stored = only(await snapshot.storedFlagged(day));
	found.maps(`flagged answers of ${day}`, () => ['answers'], stored, only(flagged));
	const storedFlags = only(await snapshot.storedFlags(day));
	found.maps(`flags of ${day}`, columnsOf(2), storedFlags, only(flags));
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
	/**
	 * The plain figures made from raw responses, "organisation period unit subject" to persons, others, s1 to s6; not
	 * of organisations whose units moved.
	 */
	counted: ReadonlyMap<string, bigint[]>;
}

/** Counts everything again. @throws Error when an answer refers to something unknown */
export async function recount(snapshot: Snapshot): Promise<Recounted> {
	const found = new Differences();
	const [strata, items, points] = [
		await snapshot.strata(),
		await snapshot.items(),
		await snapshot.schemeOfPoints()
	];
	const { marks, received: upToMark, moved } = await releasedDays(snapshot);
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
		await compareFlags(
			snapshot,
			day,
			counted,
			(id) => {
				const of = strata.get(Number(id));
				return of && !isGone(of.organisation) ? `${of.organisation}|${of.pool}` : undefined;
			},
			found
		);
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
	const { figures, counted } = await compareFigures(snapshot, strata, rule.months, moved, found);
	const published = await comparePublished(snapshot, counted, moved, found);
	const summary =
		`Recounted ${counts.responses} responses: ${counts.tallies} daily tallies, ${months.size} monthly sums, ${comments} comments, ` +
		`${figures} figures, ${published} published cells` +
		(moved.length > 0
			? ` (no figures of ${moved.length} organisations: a unit moved since their last release).`
			: '.');
	return { summary, found, counted };
}
