/**
 * The free text of an answer, before it is judged or stored.
 * Owns: what is left out of it and how long it may be. Must not know: forms, the database.
 */

/** Longest comment, in characters as people count them (code points). */
export const COMMENT_CHARACTERS = 2000;

// Controls (except tab and line feed), marks that reverse the reading direction, and code points
// that are no characters: none can be typed on purpose, some would make a text read as another.
const UNWANTED =
	// eslint-disable-next-line no-control-regex
	/[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u202A-\u202E\u2066-\u2069\uFEFF\uFFFE\uFFFF]/g;

/** The comment in one Unicode form, with line feeds, without what nobody types, trimmed. */
export function cleanComment(typed: string): string {
	return typed.toWellFormed().replace(/\r\n?/g, '\n').replace(UNWANTED, '').normalize('NFC').trim();
}
