/**
 * A service point's token as somebody may have typed it from a poster. Deliberately wide: the page
 * itself says "scan again" for what is no token; an unmatched route could only say "no such page".
 */
export function match(param: string): boolean {
	return /^[\p{L}\p{N} _.-]{1,40}$/u.test(param);
}
