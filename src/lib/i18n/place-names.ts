/**
 * Line breaks in Vietnamese names: a place name of two words is one name, and a dash between two
 * places starts no line. Typography only; must not know which places there are.
 */

/** Ties the two words on either side of a spaced dash: `Đồng Đăng – Lạng Sơn` breaks after it only. */
export function tiePlaceNames(name: string): string {
	return name.replace(/(\S+) (\S+) – (\S+) (\S+)/g, '$1\u00a0$2\u00a0– $3\u00a0$4');
}
