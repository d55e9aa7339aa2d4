// Somebody who keeps everything that was ever shown, subtracts, and looks for one to four persons.

import type { PGlite } from '@electric-sql/pglite';
import {
	crossedFigures,
	excludedPersons,
	flaggedFigures,
	structureOf,
	unitFigures,
	type Figure,
	type Structure
} from './shown-figures.ts';

const keyOf = ({ period, unit, subject, cross }: Omit<Figure, 'persons'>) =>
	[period, unit, subject, cross].join(' ');
const isSmall = (difference: number) => difference !== 0 && difference < 5;

export class Attacker {
	/** Every number of persons ever said of a figure, with those that exclusions left out of it. */
	private readonly memory = new Map<string, Set<number>>();
	/** Whether a set was left out of a figure, and how many persons it then was. */
	private readonly sets = new Map<string, Set<number>>();
	/** What gave one to four persons away. */
	readonly finds: string[] = [];
	looks = 0;

	/** Looks at everything once. @throws Error when a page contradicts itself */
	async look(database: PGlite): Promise<void> {
		const figures = [...(await unitFigures(database)), ...(await crossedFigures(database))];
		const structure = await structureOf(database);
		const shown = new Map(figures.map((figure) => [keyOf(figure), figure]));
		this.compareMoments(shown, structure, await excludedPersons(database));
		// An analyst sees figures with and without flagged answers, too: as one more kind of part.
		for (const figure of await flaggedFigures(database)) shown.set(keyOf(figure), figure);
		this.looks += shown.size;
		this.subtractUnits(shown, structure);
		this.subtractPeriods(shown, structure);
		this.subtractParts(shown);
	}

	/** What joined a figure and what each set took out of it are apart: neither may ever be one to four persons. */
	private compareMoments(
		shown: Map<string, Figure>,
		{ below }: Structure,
		excluded: Map<string, Map<string, number>>
	): void {
		for (const [figure, { period, unit, persons }] of shown) {
			const key = `${figure} of ${below.get(`${period} ${unit}`) ?? 'itself'}`;
			const sets = excluded.get(figure) ?? new Map<string, number>();
			let whole = persons;
			for (const [set, left] of sets) {
				whole += left;
				this.note(this.sets, `${key} without ${set}`, left);
			}
			this.note(this.memory, key, whole);
		}
	}

	private note(memory: Map<string, Set<number>>, key: string, persons: number): void {
		const known = memory.get(key) ?? new Set(memory === this.sets ? [0] : []);
		memory.set(key, known);
		for (const before of known) {
			if (isSmall(Math.abs(persons - before))) {
				this.finds.push(`${key} was ${before} and is ${persons}`);
			}
		}
		known.add(persons);
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
			// What lies directly in a unit beside the units below it: its own service points.
			if (figure.cross.startsWith('point=')) {
				const own = keyOf({ ...figure, cross: 'none' });
				if (!shown.has(own)) this.finds.push(`${keyOf(figure)} is shown, its unit is not`);
				parts.set(own, [...(parts.get(own) ?? []), figure]);
				continue;
			}
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
