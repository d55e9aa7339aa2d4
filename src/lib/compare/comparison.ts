/**
 * What is compared: units, cells, which units are peers, what the own figure is. Pure. What is hidden
 * has no number here; the units side by side are made in side-by-side.ts.
 */
import type { Localised } from '$lib/i18n/localised';
import { OVERALL, QUICK_SERIES, type Measure, type Series } from '$lib/scoring/attribution';
import { changeBetween } from '$lib/scoring/change';
import type { ServedSums } from '$lib/scoring/response-rate';
import { figureOf, type Cell, type Figure } from '$lib/scoring/suppression';
import type { Formula } from '$lib/scoring/tally';
import type { ItemResult, ListedPeriod, MeasureCell } from '$lib/transparency/results';
import type { CompareSettings } from './settings';

export interface ComparedUnit {
	id: string;
	parentId: string | null;
	names: Localised;
	kind: string;
	/** Below the compared unit, which itself is 0. */
	depth: number;
}

/** A part of the answers that can be looked at alone. */
export interface Crossing {
	kind: 'pool' | 'channel' | 'version' | 'group';
	value: string;
	/** Of the questionnaire or the procedure group. */
	names: Localised | null;
	/** Of the version. */
	number: number | null;
}

export interface Comparison {
	organisation: { id: string; names: Localised; isDemo: boolean };
	unit: { id: string; names: Localised };
	/** Null while nothing has been released yet. */
	period: ListedPeriod | null;
	before: ListedPeriod | null;
	/** Oldest first. */
	periods: ListedPeriod[];
	/** In the order of the organisation, the unit itself first. */
	units: ComparedUnit[];
	cells: Cells;
	earlier: Cells;
	/** Of the unit itself. */
	items: ItemResult[];
	/** Which part of the answers all this is about, "pool:verified"; null for all of them. */
	cross: string | null;
	crossings: Crossing[];
	/** The figures of answers with a one-time code alone: the only ones that are ranked. */
	verified: Cells;
	/** The questionnaire versions behind the figures; none while the period runs. */
	versions: { names: Localised; number: number }[];
	/** Answers that two people took out of the period's figures. */
	excluded: number;
	/** Answers and people served of the unit; null where it is not known for the whole period. */
	served: ServedSums | null;
	/** What the organisation has set beside its figures. */
	settings: CompareSettings;
}

/** Which units are held against each other: those directly below the unit, or all of one kind. */
export type Peers = 'below' | (string & {});

export const FORMULA: Formula = 'top2';

/** The cells of a period by unit and measure: looked up many times on a page, so never searched. */
export type Cells = ReadonlyMap<string, Cell>;

const keyOf = (unit: string, measure: Measure) => `${unit} ${measure}`;

export const cellsByUnit = (cells: readonly MeasureCell[]): Cells =>
	new Map(cells.map(({ unitId, measure, cell }) => [keyOf(unitId, measure), cell]));

export const cellOf = (cells: Cells, unit: string, measure: Measure): Cell | undefined =>
	cells.get(keyOf(unit, measure));

/** The kinds of which at least two units can be held against each other. */
export function kindsOf({ units }: Comparison): { kind: string; count: number }[] {
	const kinds = new Set(units.map(({ kind }) => kind));
	return [...kinds]
		.map((kind) => ({ kind, count: peersOf(units, kind).length }))
		.filter(({ count }) => count > 1);
}

/** The units that are compared; of one kind only the upper ones, so that nobody is counted twice. */
export function peersOf(units: readonly ComparedUnit[], peers: Peers): ComparedUnit[] {
	if (peers === 'below') return units.filter(({ depth }) => depth === 1);
	const chosen: ComparedUnit[] = [];
	const under = new Set<string>();
	for (const unit of units) {
		const isUnder = unit.parentId !== null && under.has(unit.parentId);
		if (unit.kind === peers && unit.depth > 0 && !isUnder) {
			chosen.push(unit);
			under.add(unit.id);
		} else if (isUnder) under.add(unit.id);
	}
	return chosen;
}

/** The unit's own overall figure and whether it changed since the period compared with. */
export function ownFigure({ unit, cells, earlier }: Comparison): {
	now: Figure | null;
	before: Figure | null;
	change: ReturnType<typeof changeBetween>;
} {
	const [now, before] = [cells, earlier].map((list) => cellOf(list, unit.id, OVERALL));
	const isComparable = now && before && now.state !== 'hidden' && before.state !== 'hidden';
	return {
		now: now ? figureOf(now, FORMULA) : null,
		before: before ? figureOf(before, FORMULA) : null,
		change: isComparable
			? changeBetween(now.sums[FORMULA], before.sums[FORMULA], FORMULA)
			: 'not_compared'
	};
}

/** Which series each measure belongs to, where both stand side by side; else nothing needs to be said. */
export function seriesOf(measures: readonly Measure[]): Map<Measure, Series> {
	const isQuick = (measure: Measure) => (QUICK_SERIES as readonly Measure[]).includes(measure);
	const others = measures.filter((measure) => measure !== OVERALL);
	const hasBoth = others.some(isQuick) && !others.every(isQuick);
	return new Map(
		hasBoth ? others.map((measure) => [measure, isQuick(measure) ? 'quick' : 'items']) : []
	);
}
