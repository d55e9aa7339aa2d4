/**
 * What is lowest in a unit: the dimension of one series and the question in it. Whose work that is,
 * owners.ts says. Pure.
 */
import { ITEM_SERIES, QUICK_SERIES, type Measure } from '$lib/scoring/attribution';
import { changeBetween } from '$lib/scoring/change';
import { estimate } from '$lib/scoring/interval';
import { SHOWN_IN_FULL_FROM } from '$lib/scoring/suppression';
import { sumsOfLevels, type PersonSums } from '$lib/scoring/tally';
import { cellOf, FORMULA, type Comparison } from './comparison';
import { measureOfItem } from './help';

export interface Weakest {
	measure: Measure;
	/** A fraction. */
	value: number;
	/** The next lowest where it cannot be told apart from the lowest; null where the lowest stands alone. */
	tiedWith: Measure | null;
	item: { code: string; value: number } | null;
}

/** @returns null where fewer than two dimensions of a series are shown in full */
export function weakestOf({ unit, cells, items }: Comparison): Weakest | null {
	for (const series of [ITEM_SERIES, QUICK_SERIES]) {
		const shown = (series as readonly Measure[])
			.flatMap<{ measure: Measure; sums: PersonSums; value: number }>((measure) => {
				const cell = cellOf(cells, unit.id, measure);
				if (cell?.state !== 'shown') return [];
				const sums = cell.sums[FORMULA];
				return [{ measure, sums, value: estimate(sums, FORMULA).value }];
			})
			.sort((a, b) => a.value - b.value);
		const [lowest, next] = shown;
		if (!lowest || !next) continue;
		const isApart = changeBetween(lowest.sums, next.sums, FORMULA) === 'down';
		const ownItems = items
			.flatMap(({ code, counts }) => {
				if (counts.state !== 'shown' || measureOfItem(code) !== lowest.measure) return [];
				const sums = sumsOfLevels(counts.levels, FORMULA);
				if (sums.persons < SHOWN_IN_FULL_FROM) return [];
				return [{ code, value: estimate(sums, FORMULA).value }];
			})
			.sort((a, b) => a.value - b.value);
		return {
			measure: lowest.measure,
			value: lowest.value,
			tiedWith: isApart ? null : next.measure,
			item: ownItems.length > 1 ? ownItems[0]! : null
		};
	}
	return null;
}
