/** Values computed outside this project (fixtures/outside-values.py says how), typed for the tests. */
import type { Formula, Rating } from './tally.ts';
import stored from './fixtures/outside-values.json' with { type: 'json' };

interface OutsideIndex {
	persons: number;
	sum: number;
	squares: number;
	value: number;
	low: number;
	high: number;
}

export const indices = stored.indices.map(({ name, ratings, top2, mean }) => ({
	name,
	/** One string per person, a digit per item, `-` for an item left blank. */
	persons: ratings
		.split(' ')
		.map((person) => [...person].map((mark) => (mark === '-' ? null : Number(mark)) as Rating)),
	outside: { top2, mean } satisfies Record<Formula, OutsideIndex>
}));

export const { differences, coverage, falseAlarms } = stored;
