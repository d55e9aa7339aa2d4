/**
 * Funnel plot: how far a unit's figure may lie from that of all peers by chance alone, for every number
 * of answers (D. J. Spiegelhalter 2005, "Funnel plots for comparing institutional performance",
 * Statistics in Medicine 24). The funnel shows; which unit differs is told by peers.ts.
 */
import { fromUnitScale, steadyVariance, toUnitScale, Z95, type Interval } from './interval.ts';
import { addSums, type Formula, type PersonSums } from './tally.ts';

/** The 99.9 % point of the standard normal distribution: 99.8 % of units lie within by chance. */
const Z998 = 3.090232306167814;

export interface Funnel {
	/** The figure of all peers together, on the published scale. */
	centre: number;
	/** 95 % and 99.8 % limits of a unit with so many answers. */
	at(persons: number): { inner: Interval; outer: Interval };
}

/** The funnel around the persons of all these peers, with the steadied variance of the interval. */
export function funnelOf(peers: readonly PersonSums[], formula: Formula): Funnel {
	const all = toUnitScale(addSums(peers), formula);
	const centre = all.sum / all.persons;
	const { variance } = steadyVariance(all);
	const limits = (reach: number): Interval => ({
		low: fromUnitScale(Math.max(0, centre - reach), formula),
		high: fromUnitScale(Math.min(1, centre + reach), formula)
	});
	return {
		centre: fromUnitScale(centre, formula),
		at(persons) {
			const error = Math.sqrt(variance / persons);
			return { inner: limits(Z95 * error), outer: limits(Z998 * error) };
		}
	};
}
