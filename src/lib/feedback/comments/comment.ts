/** Domain values of comments, filters and notes as pages know them; nothing here knows the database. */
import type { Localised } from '$lib/i18n/localised';
import type { Theme } from './themes';

export interface Tag {
	id: string;
	name: string;
}

export interface Comment {
	id: string;
	/** Masked: tokens ⟦kind⟧ stand for what was hidden. */
	text: string;
	insulting: boolean;
	theme: Theme;
	/** `2026-11`; null while fewer than five of its unit have gathered. */
	month: string | null;
	unit: { id: string; names: Localised } | null;
	tags: Tag[];
	read: boolean;
}

export const BANDS = ['1', '2', '3'] as const;

/** What the list is narrowed to; what is missing is not asked. */
export interface CommentFilter {
	unit?: string;
	month?: string;
	band?: string;
	theme?: string;
	tag?: string;
	read?: string;
	search?: string;
}

/** Names of the filters in the address; `unit` there is the place of the person (`of` is the filter). */
const IN_ADDRESS: [keyof CommentFilter, string, RegExp][] = [
	['unit', 'of', /^[0-9a-f-]{36}$/],
	['month', 'month', /^20\d\d-\d\d$/],
	['band', 'band', /^[1-3]$/],
	['theme', 'theme', /^[a-z]{1,20}$/],
	['tag', 'tag', /^[0-9a-f-]{36}$/],
	['read', 'read', /^(?:yes|no)$/],
	['search', 'q', /\S/]
];

/** The filter of an address; what has not the form of a value is left out. */
export function readFilter(query: URLSearchParams): CommentFilter {
	const filter: CommentFilter = {};
	for (const [key, name, form] of IN_ADDRESS) {
		const value = query.get(name)?.trim().slice(0, 100);
		if (value && form.test(value)) filter[key] = value;
	}
	return filter;
}

/** The same filter as the query of an address, behind the place. */
export function filterQuery(filter: CommentFilter, more: Record<string, string> = {}): string {
	const query = new URLSearchParams(more);
	for (const [key, name] of IN_ADDRESS) if (filter[key]) query.set(name, filter[key]);
	return `?${query}`;
}

export const NOTE_STATES = ['open', 'doing', 'done', 'dropped'] as const;
export type NoteState = (typeof NOTE_STATES)[number];

export interface Improvement {
	id: string;
	title: string;
	what: string;
	dueOn: string | null;
	state: NoteState;
	subject: string | null;
	revision: number;
	isLate: boolean;
	owner: { id: string; name: string } | null;
	unit: { id: string; names: Localised };
	comments: string[];
}

export interface DoneNote {
	id: string;
	text: string;
	doneOn: string;
	subject: string | null;
	revision: number;
	isPublished: boolean;
	unit: { id: string; names: Localised };
}
