// Everything ever published, as its truth: which lines of which months each cell holds. Somebody who adds and subtracts
// published cells, of any units, periods and revisions, can find one person's counter exactly when a combination of
// them vanishes at all other counters and not there. That is a question of ranks, and it is answered completely.

import type { PGlite } from '@electric-sql/pglite';
import { ROOT_UNIT } from './story.ts';

/** Persons of one line and month that always come and go together: the line itself, or a set that was left out of it. */
interface Atom {
	/** Point, pool, units, subject, month and set. */
	name: string;
	isAlone: boolean;
	persons: number;
}
interface Line {
	line: string;
	subject: string;
	month: string;
	own: string;
	alone: boolean;
	persons: number;
	sets: Record<string, number>;
}
interface Cell {
	unit: string;
	subject: string;
	persons: number;
	months: string[];
	below: string[];
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
	/** Per subject: one row per published cell, with the atoms that it holds. */
	private readonly cells = new Map<string, Row[]>();
	private readonly atoms = new Map<string, Atom>();
	/** Of each line: the sets that were ever left out of it. */
	private readonly setsOf = new Map<string, Set<string>>();
	private readonly lines: { row: Row; line: string; out: Set<string> }[] = [];
	readonly finds: string[] = [];
	count = 0;

	/** Reads one publication right after it was made. */
	async add(database: PGlite, publication: string): Promise<void> {
		const lines = await linesOf(database);
		for (const cell of await cellsOf(database, publication)) {
			const months = new Set(cell.months);
			const below = new Set(cell.below);
			const parts = lines.filter(
				({ subject, month, own }) => subject === cell.subject && months.has(month) && below.has(own)
			);
			const persons = parts.reduce((sum, part) => sum + part.persons, 0);
			if (persons !== cell.persons) {
				this.finds.push(
					`${cell.subject} of ${cell.unit}: ${cell.persons} published, ${persons} released`
				);
			}
			const row: Row = new Map();
			for (const part of parts) this.note(row, part);
			this.cells.set(cell.subject, [...(this.cells.get(cell.subject) ?? []), row]);
			this.count++;
		}
	}

	private note(row: Row, { line, alone, persons, sets }: Line): void {
		const whole = Object.values(sets).reduce((sum, left) => sum + left, persons);
		const known = this.atoms.get(line);
		if (known && known.persons !== whole) {
			this.finds.push(`${line} held ${known.persons} persons and holds ${whole}`);
		}
		this.atoms.set(line, { name: line, isAlone: alone, persons: whole });
		const ever = this.setsOf.get(line) ?? new Set<string>();
		this.setsOf.set(line, ever);
		for (const [set, left] of Object.entries(sets)) {
			ever.add(set);
			this.atoms.set(`${line} ${set}`, { name: `${line} ${set}`, isAlone: alone, persons: left });
		}
		this.lines.push({ row, line, out: new Set(Object.keys(sets)) });
	}

	/** Looks for a combination of everything published so far that holds one person's counter and nothing else. */
	attack(): void {
		// A line without its sets is one part, each set another; which sets there are is known only at the end.
		for (const { row, line, out } of this.lines) {
			row.set(line, 1);
			for (const set of this.setsOf.get(line) ?? []) {
				row.set(`${line} ${set}`, out.has(set) ? 0 : 1);
			}
		}
		for (const [line, sets] of this.setsOf) {
			const whole = this.atoms.get(line)?.persons ?? 0;
			const core = [...sets].reduce(
				(rest, set) => rest - (this.atoms.get(`${line} ${set}`)?.persons ?? 0),
				whole
			);
			if (core < 0 || (core > 0 && core < 5)) this.finds.push(`${line} without its sets: ${core}`);
		}
		for (const [subject, rows] of this.cells) {
			const others = rows.map(
				(row) => new Map([...row].filter(([atom]) => !this.atoms.get(atom)?.isAlone))
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
			n.subject, n.month::text as month, n.alone, n.persons::integer as persons, coalesce(out.sets, '{}') as sets,
			case when private.counts_for_deciding(n.subject) then n.deciding_unit_id else n.receiving_unit_id end as own
		from now_in as n
		left join out using (service_point_id, pool, receiving_unit_id, deciding_unit_id, subject, month)`
	);
	return rows;
}

/** The cells that anybody reads of a publication, page by page. */
async function cellsOf(database: PGlite, publication: string): Promise<Cell[]> {
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
		for (const cell of rows[0]?.page.cells ?? []) {
			if (cell.state === 'hidden') continue;
			const subject = cell.measure
				? `measure:${cell.measure}`
				: cell.item
					? `item:${cell.item}`
					: `fact:${cell.fact}`;
			cells.push({
				unit: cell.unit_id,
				subject,
				persons: cell.persons ?? 0,
				months: [],
				below: []
			});
		}
		after = rows[0]?.page.next ?? null;
	} while (after);
	const { rows: tree } = await database.query<{ unit: string; below: string[]; months: string[] }>(
		`select t.ancestor_id as unit, array_agg(t.descendant_id::text) as below,
			(select array_agg(m::date::text) from generate_series(min(t.first_label), min(t.last_label), interval '1 month') as m) as months
		from private.year_tree($1, $2) as t where t.period = $3 group by 1`,
		[ROOT_UNIT, Number(period.slice(0, 4)), period]
	);
	const places = new Map(tree.map(({ unit, ...place }) => [unit, place]));
	return cells.map((cell) => ({ ...cell, ...places.get(cell.unit) }));
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
