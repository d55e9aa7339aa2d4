/**
 * Which falls are established: figures of a closed period that are lower than those of the one compared
 * with. All measures of a unit are judged together, at a false discovery rate of 5 % (Benjamini and
 * Hochberg 1995), because a fall asks somebody for an explanation; and each unit by itself, so that its
 * head and those above read the same list. Pure.
 */
import type { Localised } from '$lib/i18n/localised';
import { MEASURES, type Measure } from '$lib/scoring/attribution';
import { COMPARED_FROM, difference } from '$lib/scoring/change';
import { Z95 } from '$lib/scoring/interval';
import { twoSided } from '$lib/scoring/normal';
import { FALSE_DISCOVERIES } from '$lib/scoring/peers';
import { figureOf, type Figure } from '$lib/scoring/suppression';
import { cellOf, FORMULA, type ComparedUnit, type Comparison } from './comparison';
import type { Explanation } from './settings';

type Shown = Extract<Figure, { state: 'shown' }>;

export interface Fall {
	unitId: string;
	names: Localised;
	measure: Measure;
	now: Shown;
	before: Shown;
	/** Null while nobody has explained it. */
	explanation: Explanation | null;
}

interface Compared {
	measure: Measure;
	now: Shown;
	before: Shown;
	isLower: boolean;
	/** How likely a difference at least this large is by chance alone. */
	p: number;
}

/** Every measure of a unit that is shown in full in both periods. */
function comparedMeasures(unit: string, { cells, earlier }: Comparison): Compared[] {
	return MEASURES.flatMap((measure) => {
		const [a, b] = [cellOf(cells, unit, measure), cellOf(earlier, unit, measure)];
		if (a?.state !== 'shown' || b?.state !== 'shown') return [];
		const [sums, sumsBefore] = [a.sums[FORMULA], b.sums[FORMULA]];
		const [now, before] = [figureOf(a, FORMULA), figureOf(b, FORMULA)];
		if (now.state !== 'shown' || before.state !== 'shown') return [];
		if (Math.min(sums.persons, sumsBefore.persons) < COMPARED_FROM) return [];
		const { value, high } = difference(sums, sumsBefore, FORMULA);
		const p = twoSided((value * Z95) / (high - value));
		return [{ measure, now, before, isLower: value < 0, p }];
	});
}

function fallsOf({ id, names }: ComparedUnit, comparison: Comparison): Fall[] {
	const compared = comparedMeasures(id, comparison);
	const sorted = compared.map(({ p }) => p).sort((a, b) => a - b);
	const limit = sorted.findLast((p, at) => p <= ((at + 1) / sorted.length) * FALSE_DISCOVERIES);
	if (limit === undefined) return [];
	const { explanations } = comparison.settings;
	return compared
		.filter(({ isLower, p }) => isLower && p <= limit)
		.map(({ measure, now, before }) => ({
			...{ unitId: id, names, measure, now, before },
			explanation:
				explanations.find((each) => each.unitId === id && each.measure === measure) ?? null
		}));
}

/** In the order of the organisation, then of the form; empty while the period runs, and of a part of the answers. */
export function establishedFalls(comparison: Comparison): Fall[] {
	const { units, period, before, cross } = comparison;
	if (!period?.closed || !before?.closed || cross !== null) return [];
	return units.flatMap((unit) => fallsOf(unit, comparison));
}
