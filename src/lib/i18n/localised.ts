/**
 * Texts that come from the database or a questionnaire in up to three languages.
 * Owns: their shape and the fall back to Vietnamese. Must not know: interface messages (paraglide).
 */
import type { Locale } from './locale.ts';

/** A text with its Vietnamese master; the translations may be missing. */
export interface Localised {
	vi: string;
	zh?: string | null | undefined;
	en?: string | null | undefined;
}

/** The text in the reader's language, else the Vietnamese master. */
export function inLocale(text: Localised, locale: Locale): string {
	return text[locale] || text.vi;
}
