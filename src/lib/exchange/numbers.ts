/**
 * Whole numbers as people type them or as a spreadsheet holds them. Pure.
 * A dot or a comma before three digits separates thousands (1.234 and 1,234 are 1234); anything else
 * after one is a fraction, and there is no third of a person.
 */

/** @returns null for a blank, undefined for what is no whole number of 0 or more */
export function parseCount(value: string | number): number | null | undefined {
	if (typeof value === 'number') {
		return Number.isSafeInteger(value) && value >= 0 ? value : undefined;
	}
	const text = value.replace(/[\s\u00a0\u202f]/g, '');
	if (text === '') return null;
	if (/^\d{1,15}$/.test(text)) return Number(text);
	if (!/^\d{1,3}(\.\d{3})+$/.test(text) && !/^\d{1,3}(,\d{3})+$/.test(text)) return undefined;
	return Number(text.replace(/[.,]/g, ''));
}
