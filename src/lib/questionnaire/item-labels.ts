/** What the fields of a question's form are called, for the form and for "changed while you were editing". */
import { m } from '$lib/i18n/paraglide/messages.js';
import { LANGUAGES, PARTS, type Language, type Part } from './item-form';
import { languageName } from './words';

/** The name of one text of an item. */
export function partLabel(part: Part): string {
	return {
		text: m.questionnaires_part_text,
		help: m.questionnaires_part_help,
		gate: m.questionnaires_part_gate,
		gate_help: m.questionnaires_part_gate_help
	}[part]();
}

/** A text in a language, as one name: the same on every page that names it. */
export function textLabel(part: Part, language: Language): string {
	return m.questionnaires_part_in({ part: partLabel(part), language: languageName(language) });
}

/** Every field whose value somebody can have changed. */
export function fieldLabels(): Record<string, string> {
	const labels: Record<string, string> = { asked: m.questionnaires_asked() };
	for (const part of PARTS) {
		for (const language of LANGUAGES) labels[`${part}_${language}`] = textLabel(part, language);
	}
	return labels;
}
