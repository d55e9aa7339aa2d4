/** A period code: `2026-M06`, `2026-Q2`, `2026-H1`, `2026-9M`, `2026-Y`. */
export function match(param: string): boolean {
	return /^2\d{3}-(M(0[1-9]|1[0-2])|Q[1-4]|H[12]|9M|Y)$/.test(param);
}
