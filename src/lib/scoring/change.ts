/**
 * Whether two periods of the same unit and measure really differ. Says only "up", "down" or "not
 * established": an arrow without an established difference would be noise (domain 4.6).
 */
import { fromUnitScale, steadyVariance, toUnitScale, Z95, type Interval } from './interval.ts';
import type { Formula, PersonSums } from './tally.ts';

/** Fewer persons than this on either side are never compared (design 5, suppression). */
export const COMPARED_FROM = 30;

export interface Difference extends Interval {
	value: number;
}

export type Change = 'up' | 'down' | 'not_established' | 'not_compared';

/**
 * Difference `now − before` on the published scale with its 95 % interval: the normal interval of
 * two independent means whose variances are the steadied s̃² that also widens the index itself
 * (the adjustment of Agresti and Caffo 2000, with the four persons of our interval on each side).
 */
export function difference(now: PersonSums, before: PersonSums, formula: Formula): Difference {
	const [a, b] = [toUnitScale(now, formula), toUnitScale(before, formula)];
	const scale = fromUnitScale(1, formula) - fromUnitScale(0, formula);
	const value = scale * (a.sum / a.persons - b.sum / b.persons);
	const error =
		scale *
		Math.sqrt(steadyVariance(a).variance / a.persons + steadyVariance(b).variance / b.persons);
	return { value, low: value - Z95 * error, high: value + Z95 * error };
}

/** Up or down only when the interval of the difference excludes zero and both sides are large. */
export function changeBetween(now: PersonSums, before: PersonSums, formula: Formula): Change {
	if (Math.min(now.persons, before.persons) < COMPARED_FROM) return 'not_compared';
	const { low, high } = difference(now, before, formula);
	if (low > 0) return 'up';
	return high < 0 ? 'down' : 'not_established';
}
