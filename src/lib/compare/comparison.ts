/**
 * Units side by side: which of them are peers, which group each is in, per measure. Pure. What is
 * hidden has no number here, and order is the organisation's own, never a score.
 */
import type { Localised } from '$lib/i18n/localised';
import {
	MEASURES,
	OVERALL,
	QUICK_SERIES,
	type Measure,
	type Series
} from '$lib/scoring/attribution';
import { changeBetween } from '$lib/scoring/change';
import { groupsOf, pooled, type Group, type Peer } from '$lib/scoring/peers';
import type { ServedSums } from '$lib/scoring/response-rate';
import { figureOf, type Cell, type Figure } from '$lib/scoring/suppression';
import type { Formula } from '$lib/scoring/tally';
import type { ItemResult, ListedPeriod, MeasureCell } from '$lib/transparency/results';

export interface ComparedUnit {
	id: string;
	parentId: string | null;
	names: Localised;
	kind: string;
	/** Below the compared unit, which itself is 0. */
	depth: number;
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
	cells: MeasureCell[];
	earlier: MeasureCell[];
	/** Of the unit itself. */
	items: ItemResult[];
	/** Answers that two people took out of the period's figures. */
	excluded: number;
	/** Answers and people served of the unit; null where it is not known for the whole period. */
	served: ServedSums | null;
}

/** Which units are held against each other: those directly below the unit, or all of one kind. */
export type Peers = 'below' | (string & {});

export interface ComparedRow {
	id: string;
	names: Localised;
	figure: Figure;
	group: Group;
}

export interface MatrixRow {
	id: string;
	names: Localised;
	/** One per measure of the matrix; null where the measure does not count for the unit. */
	cells: ({ figure: Figure; group: Group } | null)[];
}

export const FORMULA: Formula = 'top2';

export const cellOf = (
	cells: readonly MeasureCell[],
	unit: string,
	measure: Measure
): Cell | undefined => cells.find((cell) => cell.unitId === unit && cell.measure === measure)?.cell;

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

/** Groups of the peers by one measure; hidden cells and those shown as an interval are not compared. */
function groupsBy(
	measure: Measure,
	peers: readonly ComparedUnit[],
	cells: readonly MeasureCell[]
): Map<string, Group> {
	const shown = peers.flatMap<Peer>(({ id }) => {
		const cell = cellOf(cells, id, measure);
		return cell && cell.state !== 'hidden' ? [{ id, sums: cell.sums[FORMULA] }] : [];
	});
	return groupsOf(shown, FORMULA);
}

/** The peers with their figure and group by one measure; those without a cell are left out. */
export function comparedRows(
	{ units, cells }: Comparison,
	peers: Peers,
	measure: Measure
): ComparedRow[] {
	const chosen = peersOf(units, peers);
	const groups = groupsBy(measure, chosen, cells);
	return chosen.flatMap(({ id, names }) => {
		const cell = cellOf(cells, id, measure);
		if (!cell) return [];
		return [
			{ id, names, figure: figureOf(cell, FORMULA), group: groups.get(id) ?? 'not_compared' }
		];
	});
}

/** The figure of all peers that are shown in full, together: the line across the bars. */
export function commonFigure(
	{ units, cells }: Comparison,
	peers: Peers,
	measure: Measure
): Figure | null {
	const shown = peersOf(units, peers).flatMap<Peer>(({ id }) => {
		const cell = cellOf(cells, id, measure);
		// With those of 10 to 29 persons in it, their figure could be worked out from the others'.
		return cell?.state === 'shown' ? [{ id, sums: cell.sums[FORMULA] }] : [];
	});
	if (shown.length < 2) return null;
	const sums = pooled(shown);
	return figureOf({ state: 'shown', sums: { top2: sums, mean: sums } }, FORMULA);
}

/** Peers × measures. Columns that no peer has are left out. */
export function matrixOf(
	{ units, cells }: Comparison,
	peers: Peers
): { measures: Measure[]; rows: MatrixRow[] } {
	const chosen = peersOf(units, peers);
	const measures = MEASURES.filter((measure) =>
		chosen.some(({ id }) => cellOf(cells, id, measure))
	);
	const groups = new Map(measures.map((measure) => [measure, groupsBy(measure, chosen, cells)]));
	return {
		measures,
		rows: chosen.map(({ id, names }) => ({
			id,
			names,
			cells: measures.map((measure) => {
				const cell = cellOf(cells, id, measure);
				if (!cell) return null;
				const group = groups.get(measure)?.get(id) ?? 'not_compared';
				return { figure: figureOf(cell, FORMULA), group };
			})
		}))
	};
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
