import { expect, test } from 'vitest';
import { normalisedPassword, passwordProblem } from './password';

test('three or four ordinary words are enough, with or without diacritics', () => {
	for (const good of ['bốn con trâu qua suối', 'ghe go cua so tre', 'Khóm-trúc-bên-hiên-nhà']) {
		expect(passwordProblem(good), good).toBeUndefined();
	}
});

test('a password is at least fifteen characters, counted as a reader counts them', () => {
	expect(passwordProblem('')).toBe('missing');
	expect(passwordProblem('trâu qua suối')).toBe('short');
	// Decomposed letters are one character each.
	expect(passwordProblem('bếp lửa sớm'.normalize('NFD'))).toBe('short');
});

test('more than bcrypt reads is refused instead of being cut silently', () => {
	expect(passwordProblem('ếệểễề'.repeat(5) + 'trâu qua suối')).toBe('long');
});

test.each([
	'123456789012345',
	'aaaaaaaaaaaaaaaa',
	'passwordpassword',
	'matkhau123456789',
	'Mật khẩu 2026 2026',
	'qwertyuiopasdfghjkl',
	'langnghe@vietnam2026',
	'anhyeuem-anhyeuem!!',
	'abcabcabcabcabcabc'
])('%s is a common one', (common) => {
	expect(passwordProblem(common)).toBe('common');
});

test('the address of the account is no password', () => {
	expect(passwordProblem('tran.thi.hoa.2026', ['tran.thi.hoa@example.vn'])).toBe('common');
});

test('both spellings of a Vietnamese letter are the same password', () => {
	const typed = 'bốn con trâu qua suối';
	expect(normalisedPassword(typed.normalize('NFD'))).toBe(normalisedPassword(typed));
});
