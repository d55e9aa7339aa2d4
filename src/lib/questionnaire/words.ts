/**
 * What parts of a questionnaire are called in the reader's language: dimensions, indices, moments, the
 * meanings of 0. Owns: which message belongs to which value.
 */
import { m } from '$lib/i18n/paraglide/messages.js';
import type { Start } from './draft';
import type { Dimension, Item } from './version';

/** The name of a dimension. */
export function dimensionName(dimension: Dimension): string {
	return {
		overall: m.results_measure_overall,
		access: m.results_measure_access,
		procedure: m.results_measure_procedure,
		conduct: m.results_measure_conduct,
		result: m.results_measure_result,
		complaints: m.results_measure_complaints
	}[dimension]();
}

const LETTERS: Record<string, Dimension> = {
	S: 'overall',
	A: 'access',
	B: 'procedure',
	C: 'conduct',
	D: 'result',
	E: 'complaints'
};

/** The name of an index (S0, A to E, B0 to E0). */
export function indexName(measure: string): string {
	const name = dimensionName(LETTERS[measure[0]!] ?? 'overall');
	return measure.length > 1 && measure !== 'S0' ? m.questionnaires_index_quick({ name }) : name;
}

/** Whom an item is asked and what choosing 0 says, in one sentence. */
export function askedWords(asked: string): string {
	const sentences: Record<string, () => string> = {
		'always:': m.questionnaires_asked_always,
		'always:unknown': m.questionnaires_asked_unknown,
		'always:no_fee': m.questionnaires_asked_no_fee,
		'always:not_filed': m.questionnaires_asked_not_filed,
		'return:result_pending': m.questionnaires_asked_return,
		'filed:not_filed': m.questionnaires_asked_filed
	};
	return sentences[asked]?.() ?? asked;
}

/** The same for an item. */
export function askedOfItem({ when, zero }: Pick<Item, 'when' | 'zero'>): string {
	return askedWords(`${when}:${zero ?? ''}`);
}

/** What one can start from. */
export function startWords(start: Start): { label: string; line: string } {
	return {
		quick: { label: m.questionnaires_start_quick(), line: m.questionnaires_start_quick_line() },
		nine: { label: m.questionnaires_start_nine(), line: m.questionnaires_start_nine_line() },
		sixteen: {
			label: m.questionnaires_start_sixteen(),
			line: m.questionnaires_start_sixteen_line()
		},
		blank: { label: m.questionnaires_start_blank(), line: m.questionnaires_start_blank_line() }
	}[start];
}

/** The name of a language in the reader's own. */
export function languageName(language: 'vi' | 'zh' | 'en'): string {
	return {
		vi: m.questionnaires_language_vi,
		zh: m.questionnaires_language_zh,
		en: m.questionnaires_language_en
	}[language]();
}
