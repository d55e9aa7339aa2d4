import { describe, expect, it } from 'vitest';
import { MOST_AT_ONCE, numbered, numberRange } from './label-range';

describe('a label with a number', () => {
	it('takes the number where the mark stands, otherwise at its end', () => {
		expect(numbered('Quầy', 3)).toBe('Quầy 3');
		expect(numbered(' Quầy số {n} ', 3)).toBe('Quầy số 3');
		expect(numbered('{n}号窗口', 12)).toBe('12号窗口');
	});
	it('stays blank when nothing was written', () => {
		expect(numbered('  ', 3)).toBe('');
	});
});

describe('a range of numbers', () => {
	it('counts both ends', () => {
		expect(numberRange(1, 12)).toHaveLength(12);
		expect(numberRange(7, 7)).toEqual([7]);
	});
	it('is no range backwards, too long, broken or negative', () => {
		expect(numberRange(2, 1)).toBeNull();
		expect(numberRange(1, MOST_AT_ONCE + 1)).toBeNull();
		expect(numberRange(1, MOST_AT_ONCE)).toHaveLength(MOST_AT_ONCE);
		expect(numberRange(1.5, 3)).toBeNull();
		expect(numberRange(Number.NaN, 3)).toBeNull();
		expect(numberRange(-1, 3)).toBeNull();
	});
});
