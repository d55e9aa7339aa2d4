/**
 * From person sums to an index with its 95 % interval. Values and limits are fractions between 0
 * and 1; formatting them as percent belongs to whoever shows them.
 *
 * Wilson's score interval (E. B. Wilson 1927) with an effective number of persons
 * n_eff = n ÷ deff (Kish's design effect), deff = min(1, s̃² ÷ p̃(1−p̃)). s̃² is the sample variance
 * and p̃ the mean after adding two persons at 0 and two at 1 (the four of Agresti and Coull 1998),
 * so that the width never collapses where all persons agree. Answers to several items of one
 * person are one observation, never several.
 */
import { MILLION, type Formula, type PersonSums } from './tally.ts';

export interface Interval {
	low: number;
	high: number;
}

export interface Estimate extends Interval {
	value: number;
	persons: number;
}

/** The 97.5 % point of the standard normal distribution. */
export const Z95 = 1.959963984540054;

/** Sums of values that lie between 0 and 1. */
export interface UnitSums {
	persons: number;
	sum: number;
	squares: number;
}

/**
 * Person sums on the scale where the worst answer is 0 and the best 1. The top-2 share already is;
 * the second formula has values v = mean ÷ 5 from 0.2 to 1, and u = (mean − 1) ÷ 4 = (5v − 1) ÷ 4.
 */
export function toUnitScale(sums: PersonSums, formula: Formula): UnitSums {
	const { persons } = sums;
	const sum = sums.sum / MILLION;
	const squares = sums.squares / MILLION ** 2;
	if (formula === 'top2') return { persons, sum, squares };
	return {
		persons,
		sum: (5 * sum - persons) / 4,
		squares: (25 * squares - 10 * sum + persons) / 16
	};
}

/** A value of the 0-to-1 scale on the scale on which a formula is published (mean ÷ 5: 0.2 to 1). */
export function fromUnitScale(value: number, formula: Formula): number {
	return formula === 'top2' ? value : (4 * value + 1) / 5;
}

/**
 * s̃² and p̃: sample variance and mean after adding two persons at 0 and two at 1.
 * The variance is never more than p̃(1−p̃), which no set of values between 0 and 1 can exceed.
 */
export function steadyVariance({ persons, sum, squares }: UnitSums): {
	variance: number;
	mean: number;
} {
	const n = persons + 4;
	const mean = (sum + 2) / n;
	const sample = (squares + 2 - n * mean ** 2) / (n - 1);
	return { variance: Math.min(Math.max(sample, 0), mean * (1 - mean)), mean };
}

/** n ÷ deff: how many independent yes-or-no answers the persons are worth. Never less than n. */
export function effectivePersons(sums: UnitSums): number {
	const { variance, mean } = steadyVariance(sums);
	return (sums.persons * mean * (1 - mean)) / variance;
}

/** Wilson's interval for a share of `n` independent answers; `n` need not be whole. */
export function wilson(share: number, n: number, z = Z95): Interval {
	const zz = z * z;
	const centre = share + zz / (2 * n);
	const half = z * Math.sqrt((share * (1 - share)) / n + zz / (4 * n * n));
	const scale = 1 + zz / n;
	return {
		low: Math.max(0, (centre - half) / scale),
		high: Math.min(1, (centre + half) / scale)
	};
}

/**
 * Index and interval of persons under one formula.
 * @throws RangeError when there is no person: no figure exists then, not even an interval.
 */
export function estimate(sums: PersonSums, formula: Formula): Estimate {
	if (!(sums.persons > 0)) throw new RangeError('an index needs at least one person');
	const unit = toUnitScale(sums, formula);
	const share = Math.min(1, Math.max(0, unit.sum / unit.persons));
	const { low, high } = wilson(share, effectivePersons(unit));
	return {
		persons: sums.persons,
		value: fromUnitScale(share, formula),
		low: fromUnitScale(Math.min(low, share), formula),
		high: fromUnitScale(Math.max(high, share), formula)
	};
}
