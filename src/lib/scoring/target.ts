/**
 * A target against a figure that is itself uncertain: reached, missed, or not to be told from so few
 * answers. "100 %" of 30 answers proves only 88.6 %.
 */
import { estimate, type Estimate, type Interval } from './interval.ts';
import type { Formula, PersonSums } from './tally.ts';

export type TargetState = 'reached' | 'missed' | 'cannot_be_told';

/** What an interval says about a target: only what holds for all of it is concluded. */
export function stateAgainst({ low, high }: Interval, target: number): TargetState {
	if (low >= target) return 'reached';
	return high < target ? 'missed' : 'cannot_be_told';
}

/**
 * @param target on the published scale of the formula, a fraction between 0 and 1
 * @throws RangeError when there is no person
 */
export function againstTarget(
	sums: PersonSums,
	formula: Formula,
	target: number
): Estimate & { state: TargetState } {
	const figure = estimate(sums, formula);
	return { ...figure, state: stateAgainst(figure, target) };
}
