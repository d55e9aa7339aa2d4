import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalToken } from './token';

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const tokens = fc.string({
	unit: fc.constantFrom(...ALPHABET),
	minLength: 11,
	maxLength: 11
});

describe('a token typed from a poster', () => {
	it('is found in lower case, with O, I, L and with spaces', () => {
		expect(canonicalToken('o1il-abcd 0ez')).toBe('0111ABCD0EZ');
	});

	it('stays itself when it is already right', () => {
		fc.assert(
			fc.property(tokens, (token) => {
				expect(canonicalToken(token)).toBe(token);
			})
		);
	});

	it('is refused when too short, too long or with letters outside the alphabet', () => {
		for (const typed of ['', '0123', 'ABCDEFGHJKU', 'ABCDEFGHJKMN', 'ÀBCDEFGHJKM']) {
			expect(canonicalToken(typed)).toBeNull();
		}
	});
});
