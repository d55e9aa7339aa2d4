/**
 * Post-stratification to the number of people served (method annex, off by default): answers of a
 * counter where few answer count for the many who were served there. Weights are trimmed, thin
 * strata merged, and what the weighting costs in certainty is said as an effective number of answers.
 */
import { fromUnitScale, steadyVariance, toUnitScale, wilson, type Estimate } from './interval.ts';
import type { Formula, PersonSums } from './tally.ts';

/** The sums of the persons of one stratum (point × procedure group) and how many were served there. */
export interface Stratum {
	served: number;
	sums: PersonSums;
}

/** Weights beyond these would let a handful of answers speak for everybody. */
export const LEAST_WEIGHT = 0.3;
export const MOST_WEIGHT = 3;
/** Strata with fewer answers are merged with the next smallest. */
export const THIN = 10;

export interface Weighted extends Estimate {
	/** (Σw)² ÷ Σw² (Kish 1965). */
	effectivePersons: number;
	/** The weights that were used, one per merged stratum, smallest first. */
	weights: number[];
}

const together = (a: Stratum, b: Stratum): Stratum => ({
	served: a.served + b.served,
	sums: {
		persons: a.sums.persons + b.sums.persons,
		sum: a.sums.sum + b.sums.sum,
		squares: a.sums.squares + b.sums.squares
	}
});

/** Strata of at least ten answers each, unless there are not that many at all. */
export function mergeThin(strata: readonly Stratum[]): Stratum[] {
	const merged = [...strata].sort((a, b) => a.sums.persons - b.sums.persons);
	while (merged.length > 1 && merged[0]!.sums.persons < THIN) {
		const [first, second, ...rest] = merged;
		merged.splice(0, merged.length, together(first!, second!), ...rest);
		merged.sort((a, b) => a.sums.persons - b.sums.persons);
	}
	return merged;
}

/**
 * The index weighted to the numbers served, with Wilson's interval on the effective number of answers.
 * @returns null when nobody answered or nobody is known to have been served
 */
export function weightedEstimate(strata: readonly Stratum[], formula: Formula): Weighted | null {
	const merged = mergeThin(strata).filter(({ sums }) => sums.persons > 0);
	const persons = merged.reduce((sum, { sums }) => sum + sums.persons, 0);
	const served = merged.reduce((sum, stratum) => sum + stratum.served, 0);
	if (persons === 0 || served === 0) return null;
	const weights = merged.map((stratum) => {
		const weight = stratum.served / served / (stratum.sums.persons / persons);
		return Math.min(MOST_WEIGHT, Math.max(LEAST_WEIGHT, weight));
	});
	let [total, squares, sum, variance] = [0, 0, 0, 0];
	merged.forEach(({ sums }, at) => {
		const unit = toUnitScale(sums, formula);
		const weight = weights[at]!;
		total += weight * unit.persons;
		squares += weight ** 2 * unit.persons;
		sum += weight * unit.sum;
		variance += weight * unit.persons * steadyVariance(unit).variance;
	});
	const share = Math.min(1, Math.max(0, sum / total));
	const effective = total ** 2 / squares;
	// The spread within strata, at the mean that the two persons at 0 and two at 1 keep off the ends.
	const mean = (share * effective + 2) / (effective + 4);
	const spread = Math.min(variance / total, mean * (1 - mean));
	const { low, high } = wilson(share, (effective * mean * (1 - mean)) / spread);
	return {
		persons,
		value: fromUnitScale(share, formula),
		low: fromUnitScale(Math.min(low, share), formula),
		high: fromUnitScale(Math.max(high, share), formula),
		effectivePersons: effective,
		weights: [...weights].sort((a, b) => a - b)
	};
}
