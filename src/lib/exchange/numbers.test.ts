import { describe, expect, it } from 'vitest';
import { parseCount } from './numbers.ts';

describe('a whole number as it is typed', () => {
	it.each([
		['0', 0],
		['37', 37],
		[' 1.234 ', 1234],
		['1,234', 1234],
		['1 234', 1234],
		['1.234.567', 1_234_567],
		[12, 12]
	])('%s is %s', (typed, number) => expect(parseCount(typed)).toBe(number));

	it('is nothing when blank', () => expect(parseCount(' ')).toBeNull());

	it.each(['-1', '12,5', '1.23', '1.2345', '1.234,5', '1.234,567', 'ba mươi', '3e2', '٣'])(
		'is not %s',
		(typed) => expect(parseCount(typed)).toBeUndefined()
	);

	it('is not a fraction of a spreadsheet, which 1.234 there is', () => {
		expect(parseCount(1.234)).toBeUndefined();
		expect(parseCount(-1)).toBeUndefined();
	});
});
