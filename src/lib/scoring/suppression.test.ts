import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { figureOf, stateOfCount, type Cell } from './suppression.ts';
import { MILLION } from './tally.ts';

const cellOf = (persons: number, state: 'shown' | 'interval'): Cell => {
	const sums = { persons, sum: persons * MILLION, squares: persons * MILLION ** 2 };
	return { state, sums: { top2: sums, mean: sums } };
};

describe('suppression', () => {
	it('hides under 10 persons, shows an interval from 10 and the figure from 30', () => {
		expect([9, 10, 29, 30].map(stateOfCount)).toEqual(['hidden', 'interval', 'interval', 'shown']);
	});

	it('gives an interval cell no index', () => {
		const figure = figureOf(cellOf(20, 'interval'), 'top2');
		expect(Object.keys(figure).sort()).toEqual(['high', 'low', 'persons', 'state']);
	});

	it('gives a hidden cell nothing but the longer period', () => {
		const cell: Cell = { state: 'hidden', longerPeriod: '2026-Y' };
		expect(figureOf(cell, 'mean')).toEqual(cell);
	});

	it('never shows more than the number of persons allows, whatever the cell says', () => {
		fc.assert(
			fc.property(
				fc.integer({ min: 1, max: 60 }),
				fc.constantFrom<'shown' | 'interval'>('shown', 'interval'),
				(persons, state) => {
					const figure = figureOf(cellOf(persons, state), 'top2');
					if (persons < 10) expect(figure).toEqual({ state: 'hidden', longerPeriod: null });
					else if (persons < 30) expect(figure.state).toBe('interval');
					else expect(figure.state).toBe(state);
				}
			)
		);
	});
});
