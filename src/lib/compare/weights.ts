/** Overall satisfaction weighted to the numbers served, beside the plain figure: the method's annex. Pure. */
import type { Localised } from '$lib/i18n/localised';
import { estimate, type Estimate } from '$lib/scoring/interval';
import { SHOWN_IN_FULL_FROM, type Cell } from '$lib/scoring/suppression';
import { addSums, type PersonSums } from '$lib/scoring/tally';
import { weightedEstimate, type Weighted } from '$lib/scoring/weights';
import type { ListedPeriod } from '$lib/transparency/results';
import { FORMULA } from './comparison';

export interface NamedStratum {
	names: Localised;
	/** Of a point: its unit, as two may be called the same. */
	unit: Localised | null;
	served: number;
	sums: PersonSums;
}

export interface Weights {
	organisation: { id: string; names: Localised; isDemo: boolean };
	unit: { id: string; names: Localised };
	units: { id: string; names: Localised; depth: number }[];
	period: ListedPeriod | null;
	periods: ListedPeriod[];
	/** S0 of the unit; null where nobody answered. */
	overall: Cell | null;
	/** Empty where the number served is not known for the whole period. */
	strata: Record<'point' | 'group', NamedStratum[]>;
}

export interface WeightedRow {
	by: 'point' | 'group';
	strata: NamedStratum[];
	/** The same answers without weights. */
	plain: Estimate;
	weighted: Weighted;
}

/** One row per kind of stratum of which there are two at least, and 30 answers in all. */
export function weightedRows({ strata }: Weights): WeightedRow[] {
	return (['point', 'group'] as const).flatMap((by) => {
		const own = strata[by];
		const sums = addSums(own.map((stratum) => stratum.sums));
		if (own.length < 2 || sums.persons < SHOWN_IN_FULL_FROM) return [];
		const weighted = weightedEstimate(own, FORMULA);
		return weighted ? [{ by, strata: own, plain: estimate(sums, FORMULA), weighted }] : [];
	});
}
