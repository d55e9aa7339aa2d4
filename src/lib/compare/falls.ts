/**
 * Which falls are established: figures of a closed period that are lower than those of the one compared
 * with, over all units and measures together at a false discovery rate of 5 % (Benjamini and Hochberg
 * 1995), because each of them asks somebody for an explanation. Pure.
 */
import type { Localised } from '$lib/i18n/localised';
import { MEASURES, type Measure } from '$lib/scoring/attribution';
import { COMPARED_FROM, difference } from '$lib/scoring/change';
import { Z95 } from '$lib/scoring/interval';
import { twoSided } from '$lib/scoring/normal';
import { FALSE_DISCOVERIES } from '$lib/scoring/peers';
import { figureOf, type Figure } from '$lib/scoring/suppression';
import { cellOf, FORMULA, type Comparison } from './comparison';
import type { Explanation } from './settings';

export interface Fall {
	unitId: string;
	names: Localised;
	measure: Measure;
	now: Extract<Figure, { state: 'shown' }>;
	before: Extract<Figure, { state: 'shown' }>;
	/** Null while nobody has explained it. */
	explanation: Explanation | null;
}

/** In the order of the organisation, then of the form; empty while the period runs. */
export function establishedFalls({
	units,
	cells,
	earlier,
	period,
	before,
	cross,
	settings
}: Comparison): Fall[] {
	if (!period?.closed || !before?.closed || cross !== null) return [];
	const compared = units.flatMap(({ id, names }) =>
		MEASURES.flatMap((measure) => {
			const [a, b] = [cellOf(cells, id, measure), cellOf(earlier, id, measure)];
			if (a?.state !== 'shown' || b?.state !== 'shown') return [];
			const [sums, sumsBefore] = [a.sums[FORMULA], b.sums[FORMULA]];
			if (Math.min(sums.persons, sumsBefore.persons) < COMPARED_FROM) return [];
			const [now, then] = [figureOf(a, FORMULA), figureOf(b, FORMULA)];
			if (now.state !== 'shown' || then.state !== 'shown') return [];
			const { value, high } = difference(sums, sumsBefore, FORMULA);
			const p = twoSided((value * Z95) / (high - value));
			return [{ id, names, measure, now, then, value, p }];
		})
	);
	const sorted = compared.map(({ p }) => p).sort((a, b) => a - b);
	const limit = sorted.findLast((p, at) => p <= ((at + 1) / sorted.length) * FALSE_DISCOVERIES);
	return compared.flatMap(({ id, names, measure, now, then, value, p }) =>
		limit !== undefined && p <= limit && value < 0
			? [
					{
						unitId: id,
						names,
						measure,
						now,
						before: then,
						explanation:
							settings.explanations.find(
								(each) => each.unitId === id && each.measure === measure
							) ?? null
					}
				]
			: []
	);
}
