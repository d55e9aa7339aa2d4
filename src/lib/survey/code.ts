/**
 * One-time codes as people type them from a slip: Crockford base32, 10 characters.
 * Owns: reading them kindly and writing them in two groups. Must not know: routes, the database.
 */

const CANONICAL = /^[0-9A-HJKMNP-TV-Z]{10}$/;

/**
 * The canonical form of what was typed: upper case, O read as 0, I and L as 1, spaces, dots, hyphens
 * and underscores left out. Null when it can be no code.
 */
export function canonicalCode(typed: string): string | null {
	const code = typed
		.toUpperCase()
		.replace(/[\s._-]/g, '')
		.replace(/O/g, '0')
		.replace(/[IL]/g, '1');
	return CANONICAL.test(code) ? code : null;
}

/** `7K3M9 QX2TR`: five and five are read and typed without losing the place. */
export function groupedCode(code: string): string {
	return `${code.slice(0, 5)} ${code.slice(5)}`;
}
