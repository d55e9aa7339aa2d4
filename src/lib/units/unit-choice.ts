/**
 * Choosing a unit in a form without a script: a list where the organisation is small, otherwise a name or
 * code that is typed. Owns: what counts as the same name. Must not know: where the units come from.
 */

export interface UnitOption {
	id: string;
	label: string;
}
export interface UnitChoice {
	/** True: `options` are all units there are. */
	whole: boolean;
	options: UnitOption[];
}

/** Without case, diacritics and double blanks, as SQL searches (private.folded). */
export function foldedName(text: string): string {
	return text
		.normalize('NFD')
		.replace(/\p{M}/gu, '')
		.replace(/đ/gi, 'd')
		.toLowerCase()
		.replace(/\s+/g, ' ')
		.trim();
}

/** The unit that was meant: the only one found, or the only one with exactly this name or code. */
export function meantUnit<T extends { names: { vi: string }; code: string | null }>(
	typed: string,
	found: T[]
): T | undefined {
	if (found.length === 1) return found[0];
	const wanted = foldedName(typed);
	const exact = found.filter(
		({ names, code }) => foldedName(names.vi) === wanted || foldedName(code ?? '') === wanted
	);
	return exact.length === 1 ? exact[0] : undefined;
}
