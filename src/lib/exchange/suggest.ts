/**
 * Guesses that spare typing when past answers are matched: which column is which, what a word means as a
 * level, which point a name means. Pure. A person sees and may change every guess before anything is written.
 */
import { fold } from './fold.ts';
import type { DateFormat } from './dates.ts';

/** A level 1–5, 0 for "does not apply", null for a blank, undefined where nobody can tell. */
export type Level = 0 | 1 | 2 | 3 | 4 | 5 | null;

const WORDS: Record<string, Level> = {
	'rat khong hai long': 1,
	'khong hai long': 2,
	'chua hai long': 2,
	'binh thuong': 3,
	'tuong doi hai long': 3,
	'hai long': 4,
	'rat hai long': 5,
	'very dissatisfied': 1,
	dissatisfied: 2,
	neutral: 3,
	satisfied: 4,
	'very satisfied': 5,
	非常不满意: 1,
	不满意: 2,
	一般: 3,
	满意: 4,
	非常满意: 5,
	'khong ap dung': 0,
	'not applicable': 0,
	'khong co y kien': null,
	'khong y kien': null,
	'khong tra loi': null,
	'bo trong': null
};

/** `Rất hài lòng`, `5`, `5 - Rất hài lòng`, `5.0`, `-`. */
export function suggestLevel(value: string): Level | undefined {
	const word = fold(value);
	if (word === '' || word === 'x na') return null;
	if (word in WORDS) return WORDS[word];
	const [, digit, rest] = /^([1-5])(?: 0)?(?: (\D+))?$/.exec(word) ?? [];
	if (!digit) return undefined;
	// A number with a word must not contradict it.
	return rest && rest in WORDS && WORDS[rest] !== Number(digit)
		? undefined
		: (Number(digit) as Level);
}

export interface ItemChoice {
	code: string;
	text: string;
}

/** Column by item code: a heading that is the code, begins with it, or is the question itself. */
export function suggestItems(columns: string[], items: ItemChoice[]): Record<string, number> {
	const found: Record<string, number> = {};
	const taken = new Set<number>();
	for (const { code, text } of items) {
		const words = [fold(code), fold(text)];
		const at = columns.findIndex((column, index) => {
			const heading = fold(column);
			return (
				!taken.has(index) &&
				(words.includes(heading) ||
					heading.split(' ')[0] === words[0] ||
					heading.endsWith(` ${words[0]}`) ||
					(words[1]!.length > 12 && heading.includes(words[1]!)))
			);
		});
		if (at < 0) continue;
		found[code] = at;
		taken.add(at);
	}
	return found;
}

const columnLike = (pattern: RegExp) => (columns: string[]) =>
	columns.findIndex((column) => pattern.test(fold(column)));

/** The column of days, or -1. */
export const suggestDate = columnLike(/^(ngay|dau thoi gian|thoi gian|date|timestamp|日期)/);
/** The column of points or units, or -1. */
export const suggestPlace = columnLike(
	/(vi tri|quay|don vi|bo phan|noi |^noi$|unit|point|地点|单位)/
);

/** Day first unless a second number over 12 says otherwise. */
export function suggestFormat(values: string[]): DateFormat {
	const parts = values.flatMap((value) => {
		const match = /^(\d{1,2})[/.-](\d{1,2})[/.-]\d{2,4}/.exec(value);
		return match ? [[Number(match[1]), Number(match[2])] as const] : [];
	});
	return parts.some(([, second]) => second > 12) && !parts.some(([first]) => first > 12)
		? 'mdy'
		: 'dmy';
}

export interface PointChoice {
	id: string;
	code: string | null;
	label: string;
	unit: string;
	unit_code: string | null;
}

/** The point that a word in the file means: by its code or label, or as the only one of a unit. */
export function suggestPoint(value: string, points: PointChoice[]): string | undefined {
	const word = fold(value);
	if (word === '') return undefined;
	const only = (test: (point: PointChoice) => boolean) => {
		const found = points.filter(test);
		return found.length === 1 ? found[0]!.id : undefined;
	};
	return (
		only(({ code }) => code !== null && fold(code) === word) ??
		only(({ label }) => fold(label) === word) ??
		only(({ label, unit }) =>
			[`${unit} ${label}`, `${label} ${unit}`].some((one) => fold(one) === word)
		) ??
		only(
			({ unit, unit_code }) =>
				fold(unit) === word || (unit_code !== null && fold(unit_code) === word)
		)
	);
}
