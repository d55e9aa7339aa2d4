import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { coverage, indices } from './outside-values.ts';
import { estimate, wilson } from './interval.ts';
import { MILLION, personValue, sumsOf, type Formula, type PersonSums } from './tally.ts';

const formulas = ['top2', 'mean'] as const satisfies Formula[];
const formula = fc.constantFrom<Formula>(...formulas);
const ratings = fc.array(fc.constantFrom<1 | 2 | 3 | 4 | 5>(1, 2, 3, 4, 5), {
	minLength: 1,
	maxLength: 4
});
const crowd = fc.array(ratings, { minLength: 1, maxLength: 60 });

const estimateOf = (persons: (1 | 2 | 3 | 4 | 5)[][], by: Formula) =>
	estimate(
		sumsOf(
			persons.map((person) => personValue(person)!),
			by
		),
		by
	);

describe('index with its interval', () => {
	it('gives 88.6 % as the lower limit for 30 of 30', () => {
		const all: PersonSums = { persons: 30, sum: 30 * MILLION, squares: 30 * MILLION ** 2 };
		const { value, low, high } = estimate(all, 'top2');
		expect(value).toBe(1);
		expect((100 * low).toFixed(1)).toBe('88.6');
		expect(high).toBe(1);
	});

	it.each(indices)('agrees with the values computed outside: $name', ({ outside }) => {
		for (const by of formulas) {
			const { persons, sum, squares, ...expected } = outside[by];
			const found = estimate({ persons, sum, squares }, by);
			expect(found.value).toBeCloseTo(expected.value, 10);
			expect(found.low).toBeCloseTo(expected.low, 9);
			expect(found.high).toBeCloseTo(expected.high, 9);
		}
	});

	it('never leaves the scale, holds its own index and never collapses', () => {
		fc.assert(
			fc.property(crowd, formula, (persons, by) => {
				const { value, low, high } = estimateOf(persons, by);
				expect(low).toBeGreaterThanOrEqual(by === 'top2' ? 0 : 0.2 - 1e-12);
				expect(high).toBeLessThanOrEqual(1 + 1e-12);
				expect(low).toBeLessThanOrEqual(value);
				expect(high).toBeGreaterThanOrEqual(value);
				expect(high - low).toBeGreaterThan(0.005);
			})
		);
	});

	it('is Wilson for the plain share when every person rated one item', () => {
		fc.assert(
			fc.property(fc.integer({ min: 1, max: 500 }), fc.nat(500), (n, k) => {
				const satisfied = Math.min(n, k);
				const { low, high } = estimate(
					{ persons: n, sum: satisfied * MILLION, squares: satisfied * MILLION ** 2 },
					'top2'
				);
				const plain = wilson(satisfied / n, n);
				expect(low).toBeCloseTo(plain.low, 12);
				expect(high).toBeCloseTo(plain.high, 12);
			})
		);
	});

	it('grows narrower when the same crowd answers ten times over', () => {
		fc.assert(
			fc.property(crowd, formula, (persons, by) => {
				const once = estimateOf(persons, by);
				const tenfold = estimateOf(Array.from({ length: 10 }, () => persons).flat(), by);
				expect(tenfold.high - tenfold.low).toBeLessThan(once.high - once.low);
			})
		);
	});

	it('mirrors when satisfied and dissatisfied change places', () => {
		fc.assert(
			fc.property(crowd, (persons) => {
				const turned = persons.map((p) => p.map((r) => (6 - r) as 1 | 2 | 3 | 4 | 5));
				// A 3 is not satisfied on either side, so the share mirrors only without it.
				fc.pre(!persons.flat().includes(3));
				const [a, b] = [estimateOf(persons, 'top2'), estimateOf(turned, 'top2')];
				expect(a.low).toBeCloseTo(1 - b.high, 5);
			})
		);
	});

	it('refuses to make a figure of nobody', () => {
		expect(() => estimate({ persons: 0, sum: 0, squares: 0 }, 'top2')).toThrow(RangeError);
	});
});

describe('coverage of the interval', () => {
	it('was at least 0.94 from 10 persons in the stored simulation', () => {
		expect(coverage.length).toBeGreaterThan(20);
		for (const { persons, mean } of coverage) {
			expect(persons).toBeGreaterThanOrEqual(10);
			expect(mean).toBeGreaterThanOrEqual(0.94);
		}
	});

	it.each([10, 30, 120])('is at least 0.94 with this code for %i persons', (n) => {
		const random = mulberry32(n);
		let [held, runs] = [0, 0];
		for (let truth = 0.55; truth < 0.96; truth += 0.05) {
			for (let run = 0; run < 300; run++) {
				const { low, high } = estimate(correlatedCrowd(random, n, 3, truth), 'top2');
				runs++;
				if (low <= truth && truth <= high) held++;
			}
		}
		expect(held / runs).toBeGreaterThanOrEqual(0.94);
	});
});

/** A small seeded generator (mulberry32, public domain), so that the simulation never flickers. */
function mulberry32(seed: number): () => number {
	return () => {
		seed = (seed + 0x6d2b79f5) | 0;
		let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
		t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
		return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
	};
}

/** Persons who repeat their first answer half of the time: answers of one person hang together. */
function correlatedCrowd(random: () => number, n: number, items: number, truth: number) {
	let [sum, squares] = [0, 0];
	for (let person = 0; person < n; person++) {
		const first = random() < truth;
		let satisfied = 0;
		for (let item = 0; item < items; item++) {
			if (item === 0 || random() < 0.5 ? first : random() < truth) satisfied++;
		}
		const value = Math.round((MILLION * satisfied) / items);
		sum += value;
		squares += value ** 2;
	}
	return { persons: n, sum, squares };
}
