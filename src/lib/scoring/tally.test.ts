import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { indices } from './outside-values.ts';
import {
	MILLION,
	millionths,
	personValue,
	personValues,
	sumsOf,
	sumsOfLevels,
	type LevelCounts,
	type Rating
} from './tally.ts';

const rating = fc.constantFrom<Rating>(0, 1, 2, 3, 4, 5, null);
const level = fc.constantFrom<1 | 2 | 3 | 4 | 5>(1, 2, 3, 4, 5);

describe('one person in millionths', () => {
	it('rounds thirds and halves away from zero', () => {
		expect(millionths(1, 3)).toBe(333_333);
		expect(millionths(2, 3)).toBe(666_667);
		expect(millionths(1, 2 * MILLION)).toBe(1);
		expect(millionths(1, 2 * MILLION + 1)).toBe(0);
	});

	it('leaves what was not applicable or left blank out of the denominator', () => {
		expect(personValue([5, 0, null, 3])).toEqual({ top2: 500_000, mean: 800_000 });
		expect(personValue([0, null, 0])).toBeNull();
		expect(personValue([])).toBeNull();
	});

	it('does not depend on the order of the items', () => {
		fc.assert(
			fc.property(fc.array(rating), (ratings) => {
				expect(personValue([...ratings].reverse())).toEqual(personValue(ratings));
			})
		);
	});

	it('is never further than half a millionth from the exact share', () => {
		fc.assert(
			fc.property(fc.array(level, { minLength: 1, maxLength: 16 }), (ratings) => {
				const value = personValue(ratings)!;
				const share = ratings.filter((r) => r >= 4).length / ratings.length;
				const mean = ratings.reduce<number>((sum, r) => sum + r, 0) / ratings.length / 5;
				expect(Math.abs(value.top2 / MILLION - share)).toBeLessThanOrEqual(0.5000001 / MILLION);
				expect(Math.abs(value.mean / MILLION - mean)).toBeLessThanOrEqual(0.5000001 / MILLION);
			})
		);
	});

	it('keeps items of different measures apart and skips items on their own line', () => {
		const values = personValues([5, 3, 4, null, 2], ['B', 'B', 'C', 'D', null]);
		expect(Object.fromEntries(values)).toEqual({
			B: { top2: 500_000, mean: 800_000 },
			C: { top2: 1_000_000, mean: 800_000 }
		});
	});
});

describe('sums over persons', () => {
	it.each(indices)('agree with the sums computed outside: $name', ({ persons, outside }) => {
		const values = persons.map(personValue).filter((value) => value !== null);
		for (const formula of ['top2', 'mean'] as const) {
			const { sum, squares } = sumsOf(values, formula);
			expect({ persons: values.length, sum, squares }).toEqual({
				persons: outside[formula].persons,
				sum: outside[formula].sum,
				squares: outside[formula].squares
			});
		}
	});

	it('of one item are the same from its five counts as from its ratings', () => {
		const counts = fc.tuple(fc.nat(50), fc.nat(50), fc.nat(50), fc.nat(50), fc.nat(50));
		fc.assert(
			fc.property(counts, (levels: LevelCounts) => {
				const values = levels.flatMap((count, at) =>
					Array.from({ length: count }, () => personValue([(at + 1) as Rating])!)
				);
				for (const formula of ['top2', 'mean'] as const) {
					expect(sumsOfLevels(levels, formula)).toEqual(sumsOf(values, formula));
				}
			}),
			{ numRuns: 30 }
		);
	});
});
