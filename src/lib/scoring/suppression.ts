/**
 * How much of a cell may be seen. SQL decides the state of every cell that leaves the database;
 * this module names the states and makes sure that a figure cannot be read where only an interval
 * or nothing may be shown: the type of such a cell has no place for it.
 */
import { estimate, type Interval } from './interval.ts';
import type { Formula, PersonSums } from './tally.ts';

/** Under this number of persons there is no figure anywhere. */
export const SHOWN_AS_INTERVAL_FROM = 10;
/** From this number on a cell is shown in full. */
export const SHOWN_IN_FULL_FROM = 30;
/** Answers that figures leave out after review are told from this number on; the release lets fewer go untold. */
export const EXCLUDED_TOLD_FROM = 5;

export type CellState = 'shown' | 'interval' | 'hidden';

/** A cell as the database lets it out. */
export type Cell =
	| { state: 'shown' | 'interval'; sums: Record<Formula, PersonSums> }
	| { state: 'hidden'; longerPeriod: string | null };

/** A cell as people see it; fractions between 0 and 1. */
export type Figure =
	| ({ state: 'shown'; value: number; persons: number } & Interval)
	| ({ state: 'interval'; persons: number } & Interval)
	| { state: 'hidden'; longerPeriod: string | null };

/** The state that the number of persons alone allows; SQL may hide more, never less. */
export function stateOfCount(persons: number): CellState {
	if (persons < SHOWN_AS_INTERVAL_FROM) return 'hidden';
	return persons < SHOWN_IN_FULL_FROM ? 'interval' : 'shown';
}

/**
 * What may be shown of a cell under one formula. Should the database ever name a freer state than
 * the number of persons allows, the stricter one holds.
 */
export function figureOf(cell: Cell, formula: Formula): Figure {
	if (cell.state === 'hidden') return { state: 'hidden', longerPeriod: cell.longerPeriod };
	const sums = cell.sums[formula];
	const allowed = stateOfCount(sums.persons);
	if (allowed === 'hidden') return { state: 'hidden', longerPeriod: null };
	const { value, low, high, persons } = estimate(sums, formula);
	if (cell.state === 'interval' || allowed === 'interval') {
		return { state: 'interval', persons, low, high };
	}
	return { state: 'shown', value, low, high, persons };
}
