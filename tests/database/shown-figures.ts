// Reads everything that an attacker may know: all figures of all pages, the crossed figures and associations that
// members are shown (from the table, as its owner), and the structure of units and periods.

import type { PGlite } from '@electric-sql/pglite';
import { ROOT_UNIT } from './story.ts';

/** A shown figure: how many persons it holds, and how many of them at points staffed by more than one. */
export interface Figure {
	period: string;
	unit: string;
	subject: string;
	/** "none", or the kind and value that it is crossed with. */
	cross: string;
	persons: number;
}

/** What is known about the structure at one moment; public, too. */
export interface Structure {
	/** Every unit above a unit per period (the tree in force on its last day). */
	units: { period: string; unit: string; above: string; depth: number }[];
	periods: Map<string, string | null>;
	/** Under "period unit": the units below it. Figures of a unit that was rebuilt are no parts of each other. */
	below: Map<string, string>;
}

const LEVELS = ['n1', 'n2', 'n3', 'n4', 'n5'] as const;
type Cell = Record<string, unknown> & { state: string; persons: number | null };

/** Reads every listed period and unit as the pages of members do; the public reads frozen copies of these cells. */
export async function unitFigures(database: PGlite): Promise<Figure[]> {
	const { rows } = await database.query<{
		period: string;
		unit: string;
		page: { items: Cell[]; cells: Cell[]; facts: Cell[] };
	}>(
		`select p.code as period, u.id as unit, private.unit_figures(u, p.code) as page
		from private.listed_periods($1) as p cross join public.units as u where u.organisation_id = $1`,
		[ROOT_UNIT]
	);
	return rows.flatMap(({ period, unit, page }) =>
		[...page.cells, ...page.items, ...page.facts]
			.map((cell) => figureOf(period, unit, cell))
			.filter((figure) => figure !== null)
	);
}

/** @throws Error when a cell that is hidden says anything, or the levels of an item are not its persons */
function figureOf(period: string, unit: string, cell: Cell): Figure | null {
	const subject = cell.measure
		? `measure:${cell.measure}`
		: cell.item
			? `item:${cell.item}`
			: `fact:${cell.fact}`;
	if (cell.state === 'hidden') {
		const names = ['state', 'unit_id', 'measure', 'item', 'fact', 'longer_period'];
		const said = Object.entries(cell).filter(
			([name, value]) => value !== null && !names.includes(name)
		);
		if (said.length > 0) {
			throw new Error(`hidden ${subject} of ${unit} in ${period} says ${JSON.stringify(said)}`);
		}
		return null;
	}
	const persons = cell.persons ?? 0;
	if (persons < 10) {
		throw new Error(`${subject} of ${unit} in ${period} is shown with ${persons} persons`);
	}
	if ((cell.state === 'interval') !== persons < 30) {
		throw new Error(`${persons} persons are "${cell.state}"`);
	}
	if (cell.item) {
		const sum = LEVELS.reduce((total, level) => total + Number(cell[level]), 0);
		if (sum !== persons) {
			throw new Error(`the levels of ${subject} are ${sum} persons, said are ${persons}`);
		}
	}
	return { period, unit, subject, cross: 'none', persons };
}

export async function crossedFigures(database: PGlite): Promise<Figure[]> {
	const { rows } = await database.query<Figure>(
		`select period, unit_id as unit, subject, persons,
			case cross_kind when 'none' then 'none' else cross_kind || '=' || cross_value end as cross
		from private.figures where (cross_kind <> 'none' or subject like 'association:%') and is_shown`
	);
	return rows;
}

/** Persons that exclusions leave out, by figure (as the attacker names it) and set. */
export async function excludedPersons(database: PGlite): Promise<Map<string, Map<string, number>>> {
	const { rows } = await database.query<{ figure: string; name: string; persons: number }>(
		`with out as (
			select o.*, t.period, t.ancestor_id, t.descendant_id
			from private.left_out as o
			cross join generate_series(2025, 2026) as y
			cross join private.year_tree($1, y) as t
			where o.month between t.first_label and t.last_label
		)
		select concat_ws(' ', period, ancestor_id, subject, 'none') as figure, set_id as name, sum(persons)::integer as persons
		from out
		where descendant_id = case when private.counts_for_deciding(subject) then deciding_unit_id else receiving_unit_id end
		group by 1, 2
		union all
		select concat_ws(' ', period, receiving_unit_id, subject, 'point=' || service_point_id), set_id, sum(persons)::integer
		from out where ancestor_id = receiving_unit_id and descendant_id = receiving_unit_id
		group by 1, 2`,
		[ROOT_UNIT]
	);
	const found = new Map<string, Map<string, number>>();
	for (const { figure, name, persons } of rows) {
		found.set(figure, (found.get(figure) ?? new Map()).set(name, persons));
	}
	return found;
}

/** Flagged persons that an analyst is shown figures without, crossed with their rule. */
export async function flaggedFigures(database: PGlite): Promise<Figure[]> {
	const { rows } = await database.query<Figure & { left: number }>(
		`select period, u.id as unit, 'measure:' || (cell ->> 'measure') as subject, 'flag=' || (part ->> 'rule') as cross,
			(part ->> 'flagged')::integer as persons, (part ->> 'persons')::integer as left
		from (select distinct f.period from private.figures as f where f.organisation_id = $1) as p
		cross join public.units as u
		cross join jsonb_array_elements(private.with_and_without(u.id, $1, p.period)) as cell
		cross join jsonb_array_elements(cell -> 'without') as part`,
		[ROOT_UNIT]
	);
	for (const { persons, left, ...where } of rows) {
		if (persons < 5 || left < 10) {
			throw new Error(`${JSON.stringify(where)}: ${persons} flagged, ${left} left`);
		}
	}
	return rows.map(({ period, unit, subject, cross, persons }) => ({
		period,
		unit,
		subject,
		cross,
		persons
	}));
}

export async function structureOf(database: PGlite): Promise<Structure> {
	const { rows: units } = await database.query<Structure['units'][number]>(
		`select t.period, t.descendant_id as unit, t.ancestor_id as above, t.depth
		from private.year_tree($1, 2025) as t where t.depth > 0
		union all select t.period, t.descendant_id, t.ancestor_id, t.depth from private.year_tree($1, 2026) as t where t.depth > 0`,
		[ROOT_UNIT]
	);
	const { rows: periods } = await database.query<{ code: string; parent: string | null }>(
		`select code, parent from private.year_periods(2025) union all select code, parent from private.year_periods(2026)`
	);
	const below = new Map<string, string>();
	for (const { period, unit, above } of [...units].sort((a, b) => a.unit.localeCompare(b.unit))) {
		below.set(`${period} ${above}`, `${below.get(`${period} ${above}`) ?? ''}${unit} `);
	}
	return { units, below, periods: new Map(periods.map(({ code, parent }) => [code, parent])) };
}
