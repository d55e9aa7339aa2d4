/** What statsmodels computes by the same rules (fixtures/statsmodels.py). */
import { describe, expect, it } from 'vitest';
import stored from './fixtures/statsmodels.json' with { type: 'json' };
import { difference } from './change.ts';
import { estimate } from './interval.ts';
import { discoveries, FALSE_DISCOVERIES } from './peers.ts';
import { MILLION, type PersonSums } from './tally.ts';

/** Sums of persons of whom so many have each of the shares 0, ¼, ½, ¾ and 1. */
function sumsOf(counts: readonly number[]): PersonSums {
	const values = counts.map((persons, at) => ({ persons, value: (at * MILLION) / 4 }));
	return values.reduce(
		(sums, { persons, value }) => ({
			persons: sums.persons + persons,
			sum: sums.sum + persons * value,
			squares: sums.squares + persons * value ** 2
		}),
		{ persons: 0, sum: 0, squares: 0 }
	);
}

describe('statsmodels agrees', () => {
	it.each(stored.wilson)('on the interval of $satisfied of $persons', (of) => {
		const { satisfied, persons, low, high } = of;
		const ours = estimate(sumsOf([persons - satisfied, 0, 0, 0, satisfied]), 'top2');
		expect(ours.low).toBeCloseTo(low, 12);
		expect(ours.high).toBeCloseTo(high, 12);
	});

	it.each(stored.differences)('on a difference of $value between many persons', (of) => {
		const ours = difference(sumsOf(of.now), sumsOf(of.before), 'top2');
		expect(ours.value).toBeCloseTo(of.value, 12);
		// Four persons more on each side widen the interval by less than a thousandth of its width.
		const width = of.high - of.low;
		expect(Math.abs(ours.low - of.low)).toBeLessThan(width / 1000);
		expect(Math.abs(ours.high - of.high)).toBeLessThan(width / 1000);
	});

	it.each(stored.discoveries)('that $rejected hypotheses are rejected', ({ p, rejected }) => {
		expect(discoveries(p, FALSE_DISCOVERIES)).toBe(rejected);
	});
});
