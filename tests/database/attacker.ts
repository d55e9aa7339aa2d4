// Somebody who keeps everything that the public functions have ever said, subtracts, and looks for one to four
// persons. Also holds the owner's view of crossed figures, which later pages will show.

import type { PGlite } from '@electric-sql/pglite';
import { ROOT_UNIT } from './world.ts';

/** A shown figure: how many persons it holds, and how many of them at points staffed by more than one. */
interface Figure {
	period: string;
	unit: string;
	subject: string;
	/** "none", or the kind and value that it is crossed with. */
	cross: string;
	persons: number;
}

/** What is known about the structure at one moment; public, too. */
interface Structure {
	/** Every unit above a unit per period (the tree in force on its last day). */
	units: { period: string; unit: string; above: string; depth: number }[];
	periods: Map<string, string | null>;
	/** Under "period unit": the units below it. Figures of a unit that was rebuilt are no parts of each other. */
	below: Map<string, string>;
}

const LEVELS = ['n1', 'n2', 'n3', 'n4', 'n5'] as const;
type Cell = Record<string, unknown> & { state: string; persons: number | null };

/** Reads every listed period and unit through the public functions, as an anonymous visitor. */
async function publicFigures(database: PGlite): Promise<Figure[]> {
	await database.exec('set role anon');
	try {
		const first = await database
			.query<{ page: { periods: { code: string }[]; units: { id: string }[] } }>(
				'select public.public_results($1) as page',
				[ROOT_UNIT]
			)
			.then(({ rows }) => rows[0]?.page);
		const periods = first?.periods.map(({ code }) => code) ?? [];
		const { rows } = await database.query<{
			period: string;
			page: { cells: Cell[]; units: { id: string }[] };
		}>(
			`select code as period, public.public_results($1, code) as page from unnest($2::text[]) as code`,
			[ROOT_UNIT, periods]
		);
		const units = first?.units.map(({ id }) => id) ?? [];
		const { rows: pages } = await database.query<{
			period: string;
			unit: string;
			page: { items: Cell[]; cells: Cell[]; facts: Cell[] };
		}>(
			`select code as period, unit, public.public_unit_results(unit, code) as page from unnest($1::text[]) as code, unnest($2::uuid[]) as unit`,
			[periods, units]
		);
		return [
			...rows.flatMap(({ period, page }) =>
				page.cells.map((cell) => figureOf(period, String(cell.unit_id), cell))
			),
			...pages.flatMap(({ period, unit, page }) =>
				[...page.items, ...page.facts].map((cell) => figureOf(period, unit, cell))
			)
		].filter((figure) => figure !== null);
	} finally {
		await database.exec('reset role');
	}
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

async function crossedFigures(database: PGlite): Promise<Figure[]> {
	const { rows } = await database.query<Figure>(
		`select period, unit_id as unit, subject, cross_kind || '=' || cross_value as cross, persons
		from private.figures where cross_kind <> 'none' and is_shown`
	);
	return rows;
}

async function structureOf(database: PGlite): Promise<Structure> {
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

const keyOf = ({ period, unit, subject, cross }: Omit<Figure, 'persons'>) =>
	[period, unit, subject, cross].join(' ');
const isSmall = (difference: number) => difference !== 0 && difference < 5;

export class Attacker {
	/** Every number of persons ever said of a figure. */
	private readonly memory = new Map<string, Set<number>>();
	/** What gave one to four persons away. */
	readonly finds: string[] = [];
	looks = 0;

	/** Looks at everything once. @throws Error when a page contradicts itself */
	async look(database: PGlite): Promise<void> {
		const figures = [...(await publicFigures(database)), ...(await crossedFigures(database))];
		const structure = await structureOf(database);
		const shown = new Map(figures.map((figure) => [keyOf(figure), figure]));
		this.looks += shown.size;
		this.compareMoments(shown, structure);
		this.subtractUnits(shown, structure);
		this.subtractPeriods(shown, structure);
		this.subtractParts(shown);
	}

	private compareMoments(shown: Map<string, Figure>, { below }: Structure): void {
		for (const [figure, { period, unit, persons }] of shown) {
			const key = `${figure} of ${below.get(`${period} ${unit}`) ?? 'itself'}`;
			const known = this.memory.get(key) ?? new Set();
			this.memory.set(key, known);
			for (const before of known) {
				if (isSmall(Math.abs(persons - before))) {
					this.finds.push(`${key} was ${before} and is ${persons}`);
				}
			}
			known.add(persons);
		}
	}

	/** Whatever is taken away from the whole, the least that can be left is the whole without all of its parts. */
	private rest(what: string, whole: Figure, parts: Figure[]): void {
		if (parts.length === 0) return;
		const left = whole.persons - parts.reduce((sum, { persons }) => sum + persons, 0);
		if (left < 0 || isSmall(left)) {
			this.finds.push(`${keyOf(whole)}: ${whole.persons} without its shown ${what} leaves ${left}`);
		}
	}

	private subtractUnits(shown: Map<string, Figure>, { units }: Structure): void {
		const parts = new Map<string, Figure[]>();
		for (const figure of shown.values()) {
			// The nearest unit above it that is shown; what lies deeper is part of what is nearer.
			const above = units
				.filter(({ period, unit }) => period === figure.period && unit === figure.unit)
				.sort((a, b) => a.depth - b.depth)
				.map((link) => keyOf({ ...figure, unit: link.above }))
				.find((key) => shown.has(key));
			if (above) parts.set(above, [...(parts.get(above) ?? []), figure]);
		}
		for (const [key, list] of parts) this.rest('units', shown.get(key) as Figure, list);
	}

	private subtractPeriods(shown: Map<string, Figure>, { periods, below }: Structure): void {
		const parts = new Map<string, Figure[]>();
		for (const figure of shown.values()) {
			let longer = periods.get(figure.period) ?? null;
			while (longer && !shown.has(keyOf({ ...figure, period: longer }))) {
				longer = periods.get(longer) ?? null;
			}
			if (!longer) continue;
			const { unit, period } = figure;
			if (below.get(`${longer} ${unit}`) !== below.get(`${period} ${unit}`)) continue;
			const key = keyOf({ ...figure, period: longer });
			parts.set(key, [...(parts.get(key) ?? []), figure]);
		}
		for (const [key, list] of parts) this.rest('periods', shown.get(key) as Figure, list);
	}

	private subtractParts(shown: Map<string, Figure>): void {
		const parts = new Map<string, Figure[]>();
		for (const figure of shown.values()) {
			const whole = keyOf({ ...figure, cross: 'none' });
			if (figure.cross === 'none' || !shown.has(whole)) continue;
			const key = `${figure.cross.split('=')[0]}|${whole}`;
			parts.set(key, [...(parts.get(key) ?? []), figure]);
		}
		for (const [key, list] of parts) {
			const [kind = '', whole = ''] = key.split('|');
			this.rest(`parts by ${kind}`, shown.get(whole) as Figure, list);
		}
	}
}
