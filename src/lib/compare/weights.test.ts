import { expect, it } from 'vitest';
import { MILLION } from '$lib/scoring/tally';
import { weightedRows, type NamedStratum, type Weights } from './weights';

const stratum = (
	name: string,
	served: number,
	satisfied: number,
	persons: number
): NamedStratum => ({
	names: { vi: name },
	unit: null,
	served,
	sums: { persons, sum: satisfied * MILLION, squares: satisfied * MILLION ** 2 }
});
const weights = (strata: Weights['strata']): Weights => ({
	organisation: { id: 'o', names: { vi: 'Ban' }, isDemo: false },
	unit: { id: 'u', names: { vi: 'Một cửa' } },
	units: [],
	period: null,
	periods: [],
	overall: null,
	strata
});

it('a busy point where few answer counts for the many who were served there', () => {
	// 40 of 50 at a point of 900 served, 190 of 200 at one of 600: shares of the served 0.6 and 0.4.
	const [row, ...more] = weightedRows(
		weights({ point: [stratum('A', 900, 40, 50), stratum('B', 600, 190, 200)], group: [] })
	);
	expect(more).toEqual([]);
	expect(row!.plain.value).toBeCloseTo(230 / 250, 12);
	expect(row!.weighted.value).toBeCloseTo(0.6 * 0.8 + 0.4 * 0.95, 12);
	expect(row!.weighted.weights).toEqual([0.5, 3].map((weight) => expect.closeTo(weight, 12)));
	expect(row!.weighted.effectivePersons).toBeLessThan(250);
});

it('there is nothing to weight with one stratum, or with fewer than 30 answers', () => {
	expect(weightedRows(weights({ point: [stratum('A', 900, 40, 50)], group: [] }))).toEqual([]);
	const few = [stratum('A', 900, 10, 12), stratum('B', 600, 10, 12)];
	expect(weightedRows(weights({ point: [], group: few }))).toEqual([]);
});
