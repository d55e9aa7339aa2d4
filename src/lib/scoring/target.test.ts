import { expect, it } from 'vitest';
import { MILLION } from './tally.ts';
import { againstTarget } from './target.ts';

const satisfied = (of: number, persons: number) => ({
	persons,
	sum: of * MILLION,
	squares: of * MILLION ** 2
});

it('30 of 30 satisfied proves 88.6 %, which is not yet 100 %', () => {
	const { state, low, value } = againstTarget(satisfied(30, 30), 'top2', 1);
	expect([state, value]).toEqual(['cannot_be_told', 1]);
	expect(low).toBeCloseTo(0.886, 3);
});

it('is reached when even the low end reaches it, missed when not even the high end does', () => {
	expect(againstTarget(satisfied(950, 1000), 'top2', 0.9).state).toBe('reached');
	expect(againstTarget(satisfied(840, 1000), 'top2', 0.9).state).toBe('missed');
	expect(againstTarget(satisfied(36, 40), 'top2', 0.9).state).toBe('cannot_be_told');
});

it('100 % is missed as soon as it is certain that somebody was not satisfied', () => {
	expect(againstTarget(satisfied(900, 1000), 'top2', 1).state).toBe('missed');
});

it('has nothing to say without an answer', () => {
	expect(() => againstTarget(satisfied(0, 0), 'top2', 1)).toThrow(RangeError);
});
