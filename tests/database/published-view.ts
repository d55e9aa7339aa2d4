// Everything ever published, as its truth: which lines of which months each cell holds; and beside it every page of a
// moment. Somebody who adds and subtracts such cells, of any units, points, periods and revisions, can find one person's counter exactly when a combination of
// them vanishes at all other counters and not there. That is a question of ranks, and it is answered completely.

import type { PGlite } from '@electric-sql/pglite';
import { ROOT_UNIT } from './story.ts';

interface Line {
	line: string;
	subject: string;
	month: string;
	own: string;
	point: string;
	pool: string;
	alone: boolean;
	/** Its point covers a counter of one person: it is told as part of whole units only. */
	covers: boolean;
	persons: number;
	sets: Record<string, number>;
	/** How many of them answered how, under "channel version group". */
	ways: Record<string, number>;
}
interface Cell {
	unit: string;
	/** A single service point of the unit; null for the unit with all below it. */
	point: string | null;
	subject: string;
	period: string;
	persons: number;
	/** What it is crossed with: "channel qr". */
	cross: string | null;
}
/** A cell as its truth: the lines that it holds, the ways in which these were answered, and which sets were left out. */
interface Held {
	subject: string;
	lines: { line: string; ways: string[]; out: Set<string> }[];
}
interface PublicCell {
	state: string;
	unit_id: string;
	persons: number | null;
	measure?: string;
	item?: string;
	fact?: string;
}
type Row = Map<string, number>;

const PRIME = 1_000_003;

export class PublishedView {
	private readonly published: Held[] = [];
	private readonly crossed = new Map<string, Held>();
	/** Lines of counters that one person staffs. */
	private readonly alone = new Set<string>();
	/** Of each line: the sets that were ever left out of it. */
	private readonly setsOf = new Map<string, Set<string>>();
	readonly finds: string[] = [];
	count = 0;

	/** Reads one publication right after it was made. */
	async add(database: PGlite, publication: string): Promise<void> {
		const held = await this.held(database, await publishedCells(database, publication));
		this.published.push(...held);
		this.count += held.length;
	}

	private async held(database: PGlite, cells: Cell[]): Promise<Held[]> {
		const lines = await linesOf(database);
		const places = await placesOf(database);
		const told = toldWays(lines);
		for (const each of lines) this.note(each);
		return cells.map((cell) => {
			const { unit, point, subject, period, persons, cross } = cell;
			// A crossed figure is made when its period closes, and stays as it is.
			const key = JSON.stringify(cell);
			const known = this.crossed.get(key);
			if (known) return known;
			const place = places.get(`${period} ${unit}`);
			const parts = lines
				.filter(
					(each) =>
						each.subject === subject &&
						place?.months.includes(each.month) &&
						(point ? each.point === point && each.own === unit : place.below.includes(each.own))
				)
				.map((each) => ({
					line: each.line,
					ways: Object.entries(each.ways).filter(
						([way]) => !cross || (way.includes(cross) && told.get(groupOf(each))?.has(way))
					),
					out: new Set(Object.keys(each.sets))
				}));
			const counted = parts
				.flatMap(({ ways }) => ways)
				.reduce((sum, [, answered]) => sum + answered, 0);
			if (counted !== persons) {
				this.finds.push(
					`${subject} of ${unit} in ${period}: ${persons} shown, ${counted} released`
				);
			}
			const held = {
				subject,
				lines: parts.map(({ line, ways, out }) => ({ line, out, ways: ways.map(([way]) => way) }))
			};
			if (cross) this.crossed.set(key, held);
			return held;
		});
	}

	private note({ line, alone, sets }: Line): void {
		if (alone) this.alone.add(line);
		const ever = this.setsOf.get(line) ?? new Set<string>();
		this.setsOf.set(line, ever);
		for (const [set, left] of Object.entries(sets)) {
			if (left < 5) this.finds.push(`${left} persons were left out of ${line}`);
			ever.add(set);
		}
	}

	/**
	 * Somebody of the whole organisation looks at every page of this moment, knows all that is published, and looks for a
	 * combination of all these cells that holds counters of one person and nothing else.
	 */
	async attack(database: PGlite): Promise<void> {
		const shown = await this.held(database, await shownCells(database));
		const bySubject = new Map<string, Row[]>();
		for (const { subject, lines } of [...this.published, ...shown]) {
			const row: Row = new Map();
			for (const { line, ways, out } of lines) {
				// Of a line without its sets each way is a part; each set that ever left it is another.
				for (const way of ways) row.set(`${line}|${way}`, 1);
				for (const set of this.setsOf.get(line)?.keys() ?? []) {
					if (!out.has(set)) row.set(`${line}|${set}`, 1);
				}
			}
			bySubject.set(subject, [...(bySubject.get(subject) ?? []), row]);
		}
		for (const [subject, rows] of bySubject) {
			const others = rows.map(
				(row) => new Map([...row].filter(([part]) => !this.alone.has(part.split('|')[0] ?? '')))
			);
			if (rankOf(rows) > rankOf(others)) this.finds.push(`${subject}: a counter of one person`);
		}
	}
}

/** What a point received for a unit in a month and pool: it is told by ways together. */
const groupOf = ({ own, point, month, subject, pool }: Line) =>
	[own, point, month, subject, pool].join(' ');

/** Which ways of answering crossed figures hold: none that would be, or leave, one to four persons of a group. */
function toldWays(lines: Line[]): Map<string, Set<string>> {
	const groups = new Map<string, Map<string, number>>();
	for (const each of lines.filter(({ alone, covers }) => !alone && !covers)) {
		const group = groups.get(groupOf(each)) ?? new Map<string, number>();
		groups.set(groupOf(each), group);
		for (const [way, answered] of Object.entries(each.ways)) {
			group.set(way, (group.get(way) ?? 0) + answered);
		}
	}
	return new Map(
		[...groups].map(([key, ways]) => {
			const sorted = [...ways].sort(([, a], [, b]) => a - b);
			const told = sorted.filter(([, answered]) => answered >= 5);
			const rest = sorted.reduce((sum, [, answered]) => sum + (answered < 5 ? answered : 0), 0);
			return [key, new Set((rest > 0 && rest < 5 ? told.slice(1) : told).map(([way]) => way))];
		})
	);
}

async function linesOf(database: PGlite): Promise<Line[]> {
	const { rows } = await database.query<Line>(
		`with now_in as (
			select r.*, p.staffed_by = 'one' as alone
			from private.released_persons(
				(select array_agg(id) from public.service_points), '2024-01-01', '2030-01-01') as r
			join public.service_points as p on p.id = r.service_point_id
			where r.pool <> 'imported'
		),
		out as (
			select o.service_point_id, o.pool, o.receiving_unit_id, o.deciding_unit_id, o.subject, o.month,
				jsonb_object_agg(o.set_id, o.persons) as sets
			from (
				select service_point_id, pool, receiving_unit_id, deciding_unit_id, subject, month, set_id, sum(persons) as persons
				from private.left_out group by 1, 2, 3, 4, 5, 6, 7) as o
			group by 1, 2, 3, 4, 5, 6
		),
		ways as (
			select service_point_id, pool, receiving_unit_id, deciding_unit_id, subject, month, jsonb_object_agg(way, persons) as ways
			from (
				select s.service_point_id, s.pool, s.receiving_unit_id, s.deciding_unit_id, m.subject, m.month, sum(m.persons)::integer as persons,
					format('[pool %s][channel %s][version %s][group %s]', s.pool, s.channel, s.version_id, coalesce(s.procedure_group_id::text, 'none')) as way
				from (
					select stratum_id, month, 'measure:' || measure as subject, persons from private.person_months
					union all select stratum_id, month, 'item:' || item, n1 + n2 + n3 + n4 + n5 from private.rating_months
					union all select stratum_id, month, 'fact:' || fact, persons from private.fact_months where choice = 0
					union all select stratum_id, month, 'association:' || item, persons from private.item_months) as m
				join private.strata as s on s.id = m.stratum_id
				where m.persons > 0
				group by s.service_point_id, s.pool, s.receiving_unit_id, s.deciding_unit_id, m.subject, m.month, way) as w
			group by 1, 2, 3, 4, 5, 6
		)
		select concat_ws(' ', n.service_point_id, n.pool, n.receiving_unit_id, n.deciding_unit_id, n.subject, n.month) as line,
			n.service_point_id as point, n.subject, n.month::text as month, n.alone, n.pool,
			exists (select from private.cover_points as c where c.month = n.month and c.subject = n.subject and c.service_point_id = n.service_point_id
				and c.unit_id = case when private.counts_for_deciding(n.subject) then n.deciding_unit_id else n.receiving_unit_id end) as covers, n.persons::integer as persons, coalesce(out.sets, '{}') as sets, coalesce(ways.ways, '{}') as ways,
			case when private.counts_for_deciding(n.subject) then n.deciding_unit_id else n.receiving_unit_id end as own
		from now_in as n
		left join out using (service_point_id, pool, receiving_unit_id, deciding_unit_id, subject, month)
		left join ways using (service_point_id, pool, receiving_unit_id, deciding_unit_id, subject, month)`
	);
	return rows;
}

/** The cells that anybody reads of a publication, page by page. */
async function publishedCells(database: PGlite, publication: string): Promise<Cell[]> {
	const { rows: frames } = await database.query<{ frame: { publication: { period: string } } }>(
		'select public.published_frame($1) as frame',
		[publication]
	);
	const period = frames[0]?.frame.publication.period ?? '';
	const cells: Cell[] = [];
	let after: string | null = null;
	do {
		const { rows }: { rows: { page: { cells: PublicCell[]; next: string | null } }[] } =
			await database.query('select public.published_cells($1, $2, 50) as page', [
				publication,
				after
			]);
		for (const { state, measure, item, fact, unit_id, persons } of rows[0]?.page.cells ?? []) {
			if (state === 'hidden') continue;
			const subject = measure ? `measure:${measure}` : item ? `item:${item}` : `fact:${fact}`;
			cells.push({
				unit: unit_id,
				point: null,
				subject,
				period,
				persons: persons ?? 0,
				cross: null
			});
		}
		after = rows[0]?.page.next ?? null;
	} while (after);
	return cells;
}

/** What members are shown now: units, their points, crossed figures, and what items have to do with the overall need. */
async function shownCells(database: PGlite): Promise<Cell[]> {
	const { rows } = await database.query<Cell>(
		`select unit_id as unit, subject, period, persons, case cross_kind when 'point' then cross_value end as point,
			case when cross_kind not in ('none', 'point') then format('[%s %s]', cross_kind, cross_value) end as cross
		from private.figures where is_shown`
	);
	return rows;
}

/** Under "period unit": the units below it on the period's last day, and its months. */
async function placesOf(database: PGlite) {
	const { rows } = await database.query<{ place: string; below: string[]; months: string[] }>(
		`select t.period || ' ' || t.ancestor_id as place, array_agg(t.descendant_id::text) as below,
			(select array_agg(m::date::text)
				from generate_series(min(t.first_label), min(t.last_label), interval '1 month') as m) as months
		from generate_series(2025, 2027) as year, private.year_tree($1, year) as t group by 1`,
		[ROOT_UNIT]
	);
	return new Map(rows.map(({ place, ...rest }) => [place, rest]));
}

/** Rank of rows of small integers, modulo a prime: Gauss, sparse. */
function rankOf(rows: readonly Row[]): number {
	const pivots = new Map<string, Row>();
	for (const given of rows) {
		const row = new Map([...given].filter(([, value]) => value !== 0));
		for (const [atom, pivot] of pivots) {
			const factor = row.get(atom);
			if (!factor) continue;
			for (const [other, value] of pivot) {
				const left = ((row.get(other) ?? 0) - ((factor * value) % PRIME) + PRIME) % PRIME;
				if (left === 0) row.delete(other);
				else row.set(other, left);
			}
		}
		const first = [...row][0];
		if (!first) continue;
		const inverse = inverseOf(first[1]);
		pivots.set(
			first[0],
			new Map([...row].map(([atom, value]) => [atom, (value * inverse) % PRIME]))
		);
	}
	return pivots.size;
}

function inverseOf(value: number): number {
	let [result, base, exponent] = [1, value, PRIME - 2];
	for (; exponent > 0; exponent = Math.floor(exponent / 2)) {
		if (exponent % 2 === 1) result = (result * base) % PRIME;
		base = (base * base) % PRIME;
	}
	return result;
}
