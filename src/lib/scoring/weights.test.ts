import fc from 'fast-check';
import { expect, it } from 'vitest';
import { estimate } from './interval.ts';
import { MILLION } from './tally.ts';
import { mergeThin, weightedEstimate, type Stratum } from './weights.ts';

const stratum = (served: number, satisfied: number, persons: number): Stratum => ({
	served,
	sums: { persons, sum: satisfied * MILLION, squares: satisfied * MILLION ** 2 }
});

it('counts answers as often as people were served', () => {
	// 200 of 1,000 answered at a counter that half of the people like, 100 of 1,000 at one that all like.
	const found = weightedEstimate([stratum(1000, 100, 200), stratum(1000, 100, 100)], 'top2')!;
	expect(found.value).toBeCloseTo(0.75, 12);
	expect(found.weights).toEqual([0.75, 1.5]);
	// (Σw)² ÷ Σw² = (150 + 150)² ÷ (200 · 0.75² + 100 · 1.5²)
	expect(found.effectivePersons).toBeCloseTo(90_000 / 337.5, 10);
});

it('changes nothing where the same share answers everywhere', () => {
	const found = weightedEstimate([stratum(1000, 80, 100), stratum(3000, 150, 300)], 'top2')!;
	const plain = estimate({ persons: 400, sum: 230 * MILLION, squares: 230 * MILLION ** 2 }, 'top2');
	expect(found.value).toBeCloseTo(plain.value, 12);
	expect(found.effectivePersons).toBeCloseTo(400, 10);
});

it('lets no answer speak for more than three, or for less than three tenths', () => {
	const found = weightedEstimate([stratum(100_000, 10, 10), stratum(10, 500, 1000)], 'top2')!;
	expect(found.weights).toEqual([0.3, 3]);
});

it('merges strata with fewer than ten answers', () => {
	const merged = mergeThin([stratum(5, 2, 3), stratum(9, 4, 4), stratum(50, 20, 30)]);
	expect(merged.map(({ served, sums }) => [served, sums.persons])).toEqual([[64, 37]]);
	expect(mergeThin([stratum(5, 2, 3)])).toHaveLength(1);
});

it('has nothing to say without answers or without counts', () => {
	expect(weightedEstimate([stratum(10, 0, 0)], 'top2')).toBeNull();
	expect(weightedEstimate([stratum(0, 5, 20)], 'top2')).toBeNull();
});

it('gives an interval that holds its value and is never narrower than unweighted certainty allows', () => {
	const any = fc
		.tuple(
			fc.integer({ min: 1, max: 5000 }),
			fc.integer({ min: 1, max: 400 }),
			fc.double({ min: 0, max: 1, noNaN: true })
		)
		.map(([served, n, share]) => stratum(served, Math.round(n * share), n));
	fc.assert(
		fc.property(fc.array(any, { minLength: 1, maxLength: 8 }), (strata) => {
			const { value, low, high, persons, effectivePersons } = weightedEstimate(strata, 'top2')!;
			expect(low <= value && value <= high && low >= 0 && high <= 1).toBe(true);
			expect(effectivePersons).toBeLessThanOrEqual(persons + 1e-6);
			expect(high - low).toBeGreaterThan(0);
		})
	);
});
