/**
 * The words of the five levels and of the zeros, in the reader's language.
 * Owns: which message belongs to which value. Must not know: how a question is laid out.
 */
import { m } from '$lib/i18n/paraglide/messages.js';
import type { Zero } from '$lib/questionnaire/version';

/** From "very dissatisfied" to "very satisfied"; the order never changes. */
export const LEVELS = [1, 2, 3, 4, 5] as const;
export type Level = (typeof LEVELS)[number];

const WORDS = {
	1: m.survey_level_1,
	2: m.survey_level_2,
	3: m.survey_level_3,
	4: m.survey_level_4,
	5: m.survey_level_5
};

/** The word of a level. */
export function levelWord(level: Level): string {
	return WORDS[level]();
}

/** What choosing 0 says, in the wording of the point. */
export function zeroWord(zero: Zero, wording: 'one_stop' | 'gate'): string {
	if (zero === 'no_fee') return m.survey_zero_no_fee();
	if (zero === 'unknown') return m.survey_zero_unknown();
	if (zero === 'not_filed') return m.survey_zero_not_filed();
	return wording === 'gate' ? m.survey_zero_result_pending_gate() : m.survey_zero_result_pending();
}
