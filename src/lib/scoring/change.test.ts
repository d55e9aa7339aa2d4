import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { changeBetween, difference } from './change.ts';
import { differences, falseAlarms, indices } from './outside-values.ts';
import { MILLION, type PersonSums } from './tally.ts';

const satisfied = (of: number, persons: number): PersonSums => ({
	persons,
	sum: of * MILLION,
	squares: of * MILLION ** 2
});
const named = (name: string) => indices.find((index) => index.name === name)!.outside;

describe('change between two periods', () => {
	it.each(differences)('agrees with the values computed outside: $now against $before', (pair) => {
		for (const formula of ['top2', 'mean'] as const) {
			const found = difference(named(pair.now)[formula], named(pair.before)[formula], formula);
			expect(found.value).toBeCloseTo(pair[formula].value, 10);
			expect(found.low).toBeCloseTo(pair[formula].low, 10);
			expect(found.high).toBeCloseTo(pair[formula].high, 10);
		}
	});

	it('is not established when the interval of the difference holds zero', () => {
		expect(changeBetween(satisfied(34, 40), satisfied(33, 40), 'top2')).toBe('not_established');
	});

	it('is up or down when it does not', () => {
		expect(changeBetween(satisfied(950, 1000), satisfied(840, 1000), 'top2')).toBe('up');
		expect(changeBetween(satisfied(840, 1000), satisfied(950, 1000), 'top2')).toBe('down');
	});

	it('never compares fewer than 30 persons', () => {
		expect(changeBetween(satisfied(29, 29), satisfied(0, 500), 'top2')).toBe('not_compared');
		expect(changeBetween(satisfied(30, 30), satisfied(0, 500), 'top2')).toBe('up');
	});

	it('turns round when the periods change places', () => {
		const side = fc
			.tuple(fc.integer({ min: 30, max: 2000 }), fc.double({ min: 0, max: 1, noNaN: true }))
			.map(([n, share]) => satisfied(Math.round(n * share), n));
		fc.assert(
			fc.property(side, side, (a, b) => {
				const [there, back] = [difference(a, b, 'top2'), difference(b, a, 'top2')];
				expect(there.low).toBeCloseTo(-back.high, 12);
				expect(there.low).toBeLessThanOrEqual(there.value);
			})
		);
	});

	it('raised at most 5.5 false alarms in a hundred in the stored simulation', () => {
		expect(falseAlarms.length).toBeGreaterThan(10);
		for (const { rate } of falseAlarms) expect(rate).toBeLessThanOrEqual(0.055);
	});
});
