/**
 * Tokens of service points as people type them from a poster: Crockford base32, 11 characters.
 * Owns: reading them kindly. Must not know: routes, the database.
 */

const CANONICAL = /^[0-9A-HJKMNP-TV-Z]{11}$/;

/**
 * The canonical form of what was typed: upper case, O read as 0, I and L as 1, spaces, dots,
 * hyphens and underscores left out. Null when it can be no token.
 */
export function canonicalToken(typed: string): string | null {
	const token = typed
		.toUpperCase()
		.replace(/[\s._-]/g, '')
		.replace(/O/g, '0')
		.replace(/[IL]/g, '1');
	return CANONICAL.test(token) ? token : null;
}
