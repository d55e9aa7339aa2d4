/**
 * What a password must be, after NIST SP 800-63B-4 (section 3.1.1): long, not a common one, and
 * nothing else: no rule about capitals or digits, no change by date, pasting allowed.
 * At least 15 characters, which that text asks for where a password is the only factor, as it is on
 * the embedded server. At most 72 bytes: bcrypt, which every Supabase server uses, ignores the rest.
 * Must not know: forms and texts.
 */
import { COMMON_PIECES } from './common-passwords.ts';

export const SHORTEST_PASSWORD = 15;
const MOST_BYTES = 72;
/** Characters that must remain once everything common is taken out. */
const LEAST_OF_ITS_OWN = 6;

export type PasswordProblem = 'missing' | 'short' | 'long' | 'common';

/**
 * One spelling for what looks the same: keyboards write "ế" as one character or as three (NFKC is
 * what NIST names). Applied wherever a password is set or asked.
 */
export function normalisedPassword(typed: string): string {
	return typed.normalize('NFKC');
}

const bare = (text: string) =>
	text
		.normalize('NFD')
		.replace(/\p{M}/gu, '')
		.toLowerCase()
		.replaceAll('đ', 'd')
		.replace(/[^\p{L}\p{N}]/gu, '');

/** "aaaaa" says as little as "a", and "abcabcabc" as little as "abc". */
const withoutRepeats = (text: string) => text.replace(/(.+?)\1+/gu, '$1');

/** Counting up or down: 12345, 98765, abcdef. */
function withoutRuns(text: string): string {
	let kept = '';
	for (let from = 0; from < text.length;) {
		const step = text.charCodeAt(from + 1) - text.charCodeAt(from);
		let to = from + 1;
		if (Math.abs(step) === 1) {
			while (to < text.length && text.charCodeAt(to) - text.charCodeAt(to - 1) === step) to++;
		}
		if (to - from >= 4) from = to;
		else kept += text[from++];
	}
	return kept;
}

/** @param own words that others would guess of this person: the address of the account */
function ownCharacters(password: string, own: readonly string[]): number {
	const pieces = [...own.flatMap((word) => bare(word.split('@')[0] ?? '')), ...COMMON_PIECES]
		.filter((piece) => piece.length >= 3)
		.sort((a, b) => b.length - a.length);
	let rest = withoutRuns(bare(password));
	for (const piece of pieces) rest = rest.replaceAll(piece, ' ');
	rest = withoutRepeats(rest.replace(/(19|20)\d\d/g, ' ').replaceAll(' ', ''));
	return new Set(rest).size;
}

/**
 * What is wrong with a new password, if anything.
 * @param own the address of the account and other words of the person
 */
export function passwordProblem(
	typed: string,
	own: readonly string[] = []
): PasswordProblem | undefined {
	const password = normalisedPassword(typed);
	if (password === '') return 'missing';
	if ([...password].length < SHORTEST_PASSWORD) return 'short';
	if (new TextEncoder().encode(password).length > MOST_BYTES) return 'long';
	return ownCharacters(password, own) < LEAST_OF_ITS_OWN ? 'common' : undefined;
}
