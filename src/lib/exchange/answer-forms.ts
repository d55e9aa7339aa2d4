/**
 * The two forms with which past answers are matched: columns, then values. Pure: from fields to what is saved.
 * Values are any text, so a field of a value is named by its number and the value stands in a hidden field beside it.
 */
import { DATE_FORMATS, type DateFormat } from './dates.ts';
import type { Level } from './suggest.ts';

export interface ColumnsForm {
	version_id: string;
	items: Record<string, number>;
	date: { column: number; format: DateFormat } | { day: string };
	place: { column: number } | { point: string };
}

const columnOf = (value: FormDataEntryValue | null): number | undefined =>
	typeof value === 'string' && /^\d{1,3}$/.test(value) ? Number(value) : undefined;
const textOf = (value: FormDataEntryValue | null): string =>
	typeof value === 'string' ? value : '';

/** What was chosen, or the fields that still need a choice. */
export function parseColumns(
	form: FormData
): { columns: ColumnsForm } | { missing: ('item' | 'date' | 'place')[] } {
	const items: Record<string, number> = {};
	for (const [name, value] of form) {
		const column = name.startsWith('item:') ? columnOf(value) : undefined;
		if (column !== undefined) items[name.slice(5)] = column;
	}
	const dateColumn = columnOf(form.get('date'));
	const format = DATE_FORMATS.find((one) => one === form.get('format')) ?? 'dmy';
	const day = textOf(form.get('day'));
	const placeColumn = columnOf(form.get('place'));
	const point = textOf(form.get('point'));
	const date =
		dateColumn !== undefined ? { column: dateColumn, format } : day ? { day } : undefined;
	const place = placeColumn !== undefined ? { column: placeColumn } : point ? { point } : undefined;
	if (Object.keys(items).length > 0 && date && place) {
		return { columns: { version_id: textOf(form.get('version')), items, date, place } };
	}
	return {
		missing: [
			...(Object.keys(items).length > 0 ? [] : (['item'] as const)),
			...(date ? [] : (['date'] as const)),
			...(place ? [] : (['place'] as const))
		]
	};
}

export interface ValuesForm {
	levels: Record<string, Level>;
	points: Record<string, string | null>;
	/** Names of fields in which nothing was chosen: an unknown value is never guessed at. */
	open: string[];
}

const LEVELS: Record<string, Level> = {
	'0': 0,
	'1': 1,
	'2': 2,
	'3': 3,
	'4': 4,
	'5': 5,
	blank: null
};

export function parseValues(form: FormData): ValuesForm {
	const result: ValuesForm = { levels: {}, points: {}, open: [] };
	for (const [name, value] of form) {
		const [, kind, number] = /^(level|point):(\d+)$/.exec(name) ?? [];
		if (!kind) continue;
		const meant = textOf(form.get(`value:${kind}:${number}`));
		const chosen = textOf(value);
		if (chosen === '') result.open.push(name);
		else if (kind === 'level') result.levels[meant] = LEVELS[chosen] ?? null;
		else result.points[meant] = chosen === 'skip' ? null : chosen;
	}
	return result;
}
