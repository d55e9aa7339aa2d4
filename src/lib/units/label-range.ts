/**
 * "Quầy 1…12": one label with a number in it becomes many. Owns: where the number goes and how many
 * there may be. Must not know: what the labels are for.
 */

/** As many as SQL adds at once. */
export const MOST_AT_ONCE = 100;

/** Stands in a label for the number; without it the number follows a blank. */
export const NUMBER_MARK = '{n}';

/** The numbers from first to last, or null when they make no range of 1 to MOST_AT_ONCE. */
export function numberRange(first: number, last: number): number[] | null {
	const count = last - first + 1;
	if (!Number.isInteger(first) || !Number.isInteger(last) || first < 0) return null;
	if (count < 1 || count > MOST_AT_ONCE) return null;
	return Array.from({ length: count }, (_, index) => first + index);
}

/** `Quầy` and `Quầy {n}` with 3 become `Quầy 3`, `{n}号窗口` becomes `3号窗口`; blank stays blank. */
export function numbered(label: string, number: number): string {
	const text = label.trim();
	if (text === '') return '';
	return text.includes(NUMBER_MARK)
		? text.replaceAll(NUMBER_MARK, String(number))
		: `${text} ${number}`;
}
