/**
 * The form of one question that the organisation wrote itself, with answers in bands: from a fact to
 * fields and back. Owns: field names, how many answers. Must not know: the database, how a page looks.
 */
import { typedValues, type FormState } from '$lib/forms/parse-form';
import { m } from '$lib/i18n/paraglide/messages.js';
import { LANGUAGES } from './item-form';
import type { Fact } from './version';

/** Lines for answers on the page; empty ones are left out. */
export const MAX_CHOICES = 8;
export const CHOICE_LINES = Array.from({ length: MAX_CHOICES }, (_, index) => index + 1);
const MAX_CHARACTERS = 300;
const MAX_CHOICE_CHARACTERS = 120;
const SENSITIVE = /dân tộc|民族|ethnic/iu;

/** What the fields hold before anything is typed. */
export function factFields(fact: Fact | undefined): Record<string, string> {
	const fields: Record<string, string> = {};
	for (const language of LANGUAGES) {
		fields[`text_${language}`] = fact?.text[language] ?? '';
		for (const line of CHOICE_LINES) {
			fields[`choice_${line}_${language}`] = fact?.choices[line - 1]?.[language] ?? '';
		}
	}
	return fields;
}

export type ParsedFact = { ok: true; fact: Fact } | { ok: false; state: FormState };

/**
 * The question as it was typed.
 * @param choices how many answers its code already has in a published version; undefined when it is new
 */
export function parseFact(form: FormData, code: string, choices: number | undefined): ParsedFact {
	const value = (field: string) => {
		const typed = form.get(field);
		return typeof typed === 'string' ? typed.normalize('NFC').replace(/\s+/g, ' ').trim() : '';
	};
	const problems: Record<string, string> = {};
	const localised = (field: string, most: number) => {
		for (const language of LANGUAGES) {
			if (value(`${field}_${language}`).length > most) {
				problems[`${field}_${language}`] = m.questionnaires_text_long();
			}
		}
		return {
			vi: value(`${field}_vi`),
			zh: value(`${field}_zh`) || null,
			en: value(`${field}_en`) || null
		};
	};
	const text = localised('text', MAX_CHARACTERS);
	if (!text.vi) problems.text_vi = m.questionnaires_text_missing();
	const lines = CHOICE_LINES.map((line) => ({
		line,
		words: localised(`choice_${line}`, MAX_CHOICE_CHARACTERS)
	}));
	for (const { line, words } of lines) {
		if (!words.vi && (words.zh || words.en)) {
			problems[`choice_${line}_vi`] = m.questionnaires_choice_missing();
		}
	}
	const chosen = lines.map(({ words }) => words).filter((words) => words.vi);
	if (chosen.length < 2) problems.choice_1_vi ??= m.questionnaires_choices_few();
	if (choices !== undefined && chosen.length !== choices) {
		problems.choice_1_vi ??= m.questionnaires_choices_fixed({ count: choices });
	}
	const all = [text, ...chosen].flatMap((words) => Object.values(words)).join(' ');
	if (SENSITIVE.test(all)) problems.text_vi ??= m.questionnaires_fault_ethnicity();
	if (Object.keys(problems).length > 0) {
		return { ok: false, state: { values: typedValues(form), problems } };
	}
	return { ok: true, fact: { code, max: 1, text, choices: chosen } };
}
