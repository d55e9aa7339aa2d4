/**
 * From rows of figures to cells of the domain, for everybody who reads figures: the public and the
 * office. A hidden cell has no place for a number.
 */
import type { z } from 'zod';
import { isMeasure } from '$lib/scoring/attribution';
import type { Cell } from '$lib/scoring/suppression';
import type { cellRow, itemRow, itemTextsRow } from './result-rows';
import type { ItemResult, MeasureCell } from './results';

/** Cells of measures; what is no measure is left out. */
export function measureCellsOf(rows: readonly z.infer<typeof cellRow>[]): MeasureCell[] {
	return rows.flatMap((row) =>
		isMeasure(row.measure) ? [{ unitId: row.unit_id, measure: row.measure, cell: cellOf(row) }] : []
	);
}

/** Items with what they ask; an item that no published version asks any more shows its code. */
export function itemsOf(
	rows: readonly z.infer<typeof itemRow>[],
	texts: z.infer<typeof itemTextsRow>
): ItemResult[] {
	return rows.map((row) => ({
		code: row.item,
		texts: texts[row.item] ?? { vi: row.item },
		zero: texts[row.item]?.zero ?? null,
		counts: countsOf(row)
	}));
}

/** One cell of a measure. */
export function cellOf(row: z.infer<typeof cellRow>): Cell {
	if (row.state === 'hidden') return { state: 'hidden', longerPeriod: row.longer_period ?? null };
	const { state, persons } = row;
	return {
		state,
		sums: {
			top2: { persons, sum: row.top2_sum, squares: row.top2_squares },
			mean: { persons, sum: row.mean_sum, squares: row.mean_squares }
		}
	};
}

function countsOf(row: z.infer<typeof itemRow>): ItemResult['counts'] {
	if (row.state === 'hidden') return { state: 'hidden', longerPeriod: row.longer_period ?? null };
	const levels = [row.n1, row.n2, row.n3, row.n4, row.n5] as const;
	if (row.state === 'interval') return { state: 'interval', levels };
	return { state: 'shown', levels, notApplicable: row.not_applicable ?? 0 };
}
