/**
 * Which periods of a unit lie outside what chance and the usual unrest explain: Laney's p′ chart
 * (D. B. Laney 2002, "Improved control charts for attributes", Quality Engineering 14), which is the
 * p chart (Shewhart 1931) with limits widened by how much more the periods differ from one to the
 * next than their numbers of answers explain. The median of the moving ranges is used instead of
 * their mean (D. J. Wheeler 2010, XmR charts): among a few quarters one that stands out would else
 * hide itself. Pure.
 */
import { COMPARED_FROM } from './change.ts';
import { fromUnitScale, steadyVariance, toUnitScale, type Interval } from './interval.ts';
import { addSums, type Formula, type PersonSums } from './tally.ts';

/** Fewer shown periods have no usual unrest that could be told. */
export const LIMITS_FROM = 5;
/** Median range of two standard normal values, √2 · Φ⁻¹(3/4): makes a standard deviation of a moving range. */
const RANGE_OF_TWO = 0.953872552417;
const SIGMAS = 3;

export interface ControlChart {
	/** The figure pooled over the persons of all periods, on the published scale. */
	centre: number;
	/** Laney's σ of the z values; never under 1, so that limits are never narrower than chance. */
	unrest: number;
	/** One per period, in their order. */
	limits: Interval[];
	sides: ('above' | 'below' | 'within')[];
}

function medianOf(values: readonly number[]): number {
	const sorted = [...values].sort((a, b) => a - b);
	const middle = sorted.length / 2;
	return sorted.length % 2
		? sorted[Math.floor(middle)]!
		: (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/**
 * Limits by number of answers: centre ± 3 · unrest · √(s̃² ÷ n), with the steadied variance that also
 * widens the interval of a figure (interval.ts).
 * @param periods in order of time, gaps left out; those of fewer than 30 persons have to be left out, too
 * @returns null where there are too few periods, or one is too small
 */
export function controlChart(
	periods: readonly PersonSums[],
	formula: Formula
): ControlChart | null {
	if (periods.length < LIMITS_FROM) return null;
	if (periods.some(({ persons }) => persons < COMPARED_FROM)) return null;
	const all = toUnitScale(addSums(periods), formula);
	const centre = all.sum / all.persons;
	const { variance } = steadyVariance(all);
	const scores = periods.map((sums) => {
		const { persons, sum } = toUnitScale(sums, formula);
		const error = Math.sqrt(variance / persons);
		return { value: sum / persons, error, z: (sum / persons - centre) / error };
	});
	const ranges = scores.slice(1).map(({ z }, at) => Math.abs(z - scores[at]!.z));
	const unrest = Math.max(1, medianOf(ranges) / RANGE_OF_TWO);
	const bounds = scores.map(({ error }) => SIGMAS * unrest * error);
	return {
		centre: fromUnitScale(centre, formula),
		unrest,
		limits: bounds.map((reach) => ({
			low: fromUnitScale(Math.max(0, centre - reach), formula),
			high: fromUnitScale(Math.min(1, centre + reach), formula)
		})),
		sides: scores.map(({ value }, at) => {
			if (Math.abs(value - centre) <= bounds[at]!) return 'within';
			return value > centre ? 'above' : 'below';
		})
	};
}
