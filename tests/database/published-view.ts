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
	alone: boolean;
	persons: number;
	sets: Record<string, number>;
}
interface Cell {
	unit: string;
	/** A single service point of the unit; null for the unit with all below it. */
	point: string | null;
	subject: string;
	period: string;
	persons: number;
}
/** A cell as its truth: the lines that it holds, and which sets were left out of them. */
interface Held {
	subject: string;
	lines: { line: string; out: Set<string> }[];
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

	/** Somebody of the whole organisation looks at every page of this moment, and knows all that is published. */
	async attackWithPages(database: PGlite): Promise<void> {
		this.attack(await this.held(database, await shownCells(database)));
	}

	private async held(database: PGlite, cells: Cell[]): Promise<Held[]> {
		const lines = await linesOf(database);
		const places = await placesOf(database);
		for (const each of lines) this.note(each);
		return cells.map(({ unit, point, subject, period, persons }) => {
			const place = places.get(`${period} ${unit}`);
			const parts = lines.filter(
				(each) =>
					each.subject === subject &&
					place?.months.includes(each.month) &&
					(point ? each.point === point && each.own === unit : place.below.includes(each.own))
			);
			const counted = parts.reduce((sum, part) => sum + part.persons, 0);
			if (counted !== persons) {
				this.finds.push(
					`${subject} of ${unit} in ${period}: ${persons} shown, ${counted} released`
				);
			}
			return {
				subject,
				lines: parts.map(({ line, sets }) => ({ line, out: new Set(Object.keys(sets)) }))
			};
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

	/** Looks for a combination of all these cells that holds counters of one person and nothing else. */
	attack(more: Held[] = []): void {
		const bySubject = new Map<string, Row[]>();
		for (const { subject, lines } of [...this.published, ...more]) {
			const row: Row = new Map();
			for (const { line, out } of lines) {
				// A line without its sets is one part, each set that ever left it another.
				row.set(line, 1);
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
		)
		select concat_ws(' ', n.service_point_id, n.pool, n.receiving_unit_id, n.deciding_unit_id, n.subject, n.month) as line,
			n.service_point_id as point, n.subject, n.month::text as month, n.alone, n.persons::integer as persons, coalesce(out.sets, '{}') as sets,
			case when private.counts_for_deciding(n.subject) then n.deciding_unit_id else n.receiving_unit_id end as own
		from now_in as n
		left join out using (service_point_id, pool, receiving_unit_id, deciding_unit_id, subject, month)`
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
			cells.push({ unit: unit_id, point: null, subject, period, persons: persons ?? 0 });
		}
		after = rows[0]?.page.next ?? null;
	} while (after);
	return cells;
}

/** What members are shown now: units, their points, and what items have to do with the overall need. */
async function shownCells(database: PGlite): Promise<Cell[]> {
	const { rows } = await database.query<Cell>(
		`select unit_id as unit, subject, period, persons, case cross_kind when 'point' then cross_value end as point
		from private.figures where is_shown and cross_kind in ('none', 'point')`
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
