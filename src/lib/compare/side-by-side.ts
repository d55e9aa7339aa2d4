/**
 * Peers side by side, made once per request: page, sentences and report read the same value. Groups
 * are told per measure; the order is the organisation's own, never a score. Pure.
 */
import type { Localised } from '$lib/i18n/localised';
import { MEASURES, OVERALL, type Measure } from '$lib/scoring/attribution';
import {
	groupsOf,
	pooled,
	rankSets,
	type Group,
	type Peer,
	type RankSet
} from '$lib/scoring/peers';
import { figureOf, type Figure } from '$lib/scoring/suppression';
import {
	cellOf,
	FORMULA,
	peersOf,
	type Cells,
	type ComparedUnit,
	type Comparison,
	type Peers
} from './comparison';

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

export interface SideBySide {
	comparison: Comparison;
	/** Columns that at least one peer has. */
	measures: Measure[];
	/** All peers, also those without any cell. */
	rows: MatrixRow[];
}

/** Sums of the peers that may be seen at all, of one measure. */
function shownPeers(
	peers: readonly { id: string }[],
	cells: Cells,
	measure: Measure,
	states: readonly string[]
): Peer[] {
	return peers.flatMap(({ id }) => {
		const cell = cellOf(cells, id, measure);
		return cell && cell.state !== 'hidden' && states.includes(cell.state)
			? [{ id, sums: cell.sums[FORMULA] }]
			: [];
	});
}

/** Peers × measures with their figures and groups. */
export function sideBySide(comparison: Comparison, peers: Peers): SideBySide {
	const { units, cells } = comparison;
	const chosen: ComparedUnit[] = peersOf(units, peers);
	const measures = MEASURES.filter((measure) =>
		chosen.some(({ id }) => cellOf(cells, id, measure))
	);
	const groups = measures.map((measure) =>
		groupsOf(shownPeers(chosen, cells, measure, ['shown', 'interval']), FORMULA)
	);
	return {
		comparison,
		measures,
		rows: chosen.map(({ id, names }) => ({
			id,
			names,
			cells: measures.map((measure, at) => {
				const cell = cellOf(cells, id, measure);
				if (!cell) return null;
				return { figure: figureOf(cell, FORMULA), group: groups[at]!.get(id) ?? 'not_compared' };
			})
		}))
	};
}

/** The peers with their figure and group by one measure; those without a cell are left out. */
export function rowsBy({ measures, rows }: SideBySide, measure: Measure = OVERALL): ComparedRow[] {
	const at = measures.indexOf(measure);
	return rows.flatMap(({ id, names, cells }) => {
		const cell = cells[at];
		return cell ? [{ id, names, ...cell }] : [];
	});
}

/** The peers that are shown in full by one measure, with their sums. */
export function fullPeers({ comparison, rows }: SideBySide, measure: Measure): Peer[] {
	return shownPeers(rows, comparison.cells, measure, ['shown']);
}

/**
 * The figure of all peers that are shown in full, together: the line across the bars. With those of
 * 10 to 29 persons in it, their figure could be worked out from the others'.
 */
export function commonFigure(side: SideBySide, measure: Measure): Figure | null {
	const shown = fullPeers(side, measure);
	if (shown.length < 2) return null;
	const sums = pooled(shown);
	return figureOf({ state: 'shown', sums: { top2: sums, mean: sums } }, FORMULA);
}

/**
 * The places that peers may hold, of answers with a one-time code alone: open ones are never ranked.
 * Empty where fewer than two of them have 30 such answers.
 */
export function ranksBy(
	{ comparison, rows }: SideBySide,
	measure: Measure = OVERALL
): Map<string, RankSet & { persons: number }> {
	const peers = shownPeers(rows, comparison.verified, measure, ['shown']);
	if (peers.length < 2) return new Map();
	const sets = rankSets(peers, FORMULA);
	return new Map(
		peers.flatMap(({ id, sums }) => {
			const set = sets.get(id);
			return set ? [[id, { ...set, persons: sums.persons }] as const] : [];
		})
	);
}
