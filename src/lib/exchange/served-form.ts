/**
 * The form of one day: which fields it has, and what was changed in them. Pure.
 * A field is named `served:<point>` or `served:<point>:<group>`; beside it stands what it held (`was:…`).
 */
import { parseCount } from './numbers.ts';

const FIELD = /^served:([0-9a-f-]{36})(?::([0-9a-f-]{36}))?$/;

export interface FormEntry {
	field: string;
	point: string;
	group: string | null;
	served: number | null;
	was: number | null;
}

export interface ParsedServed {
	entries: FormEntry[];
	/** Names of fields whose content is no number that can be. */
	wrong: string[];
}

export const fieldName = (point: string, group: string | null): string =>
	`served:${point}${group ? `:${group}` : ''}`;

/** Only what differs from what the field held. */
export function parseServedForm(form: FormData): ParsedServed {
	const entries: FormEntry[] = [];
	const wrong: string[] = [];
	for (const [field, value] of form) {
		const match = FIELD.exec(field);
		if (!match || typeof value !== 'string') continue;
		const was = parseCount(String(form.get(field.replace('served', 'was')) ?? ''));
		const served = parseCount(value);
		if (served === undefined || (served !== null && served > 100_000)) wrong.push(field);
		else if (served !== was) {
			entries.push({ field, point: match[1]!, group: match[2] ?? null, served, was: was ?? null });
		}
	}
	return { entries, wrong };
}
