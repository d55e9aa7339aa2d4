/**
 * The form of one question, with its words in three languages side by side: from an item to fields, and
 * from posted fields to an item or what is to be mended at which field.
 * Owns: field names and lengths. Must not know: the database, how the page looks.
 */
import type { FormState } from '$lib/forms/parse-form';
import { typedValues } from '$lib/forms/parse-form';
import { m } from '$lib/i18n/paraglide/messages.js';
import { measureOf, whensFor, zerosFor } from './draft';
import type { Dimension, Item } from './version';

export const LANGUAGES = ['vi', 'zh', 'en'] as const;
export type Language = (typeof LANGUAGES)[number];

/** The four texts of an item, each once per language; the gate ones only where they differ. */
export const PARTS = ['text', 'help', 'gate', 'gate_help'] as const;
export type Part = (typeof PARTS)[number];
const MAX_CHARACTERS = 300;

type Texts = Item['texts'];

/** Whom it is asked and what 0 means, as one choice: `always:`, `always:unknown`, `return:result_pending`. */
export function askedChoices(dimension: Dimension): string[] {
	return whensFor(dimension).flatMap((when) =>
		zerosFor(dimension, when).map((zero) => `${when}:${zero ?? ''}`)
	);
}

export const askedOf = ({ when, zero }: Item): string => `${when}:${zero ?? ''}`;

/** What the fields hold before anything is typed. */
export function itemFields(item: Item): Record<string, string> {
	const fields: Record<string, string> = {
		asked: askedOf(item),
		counts: item.measure === null ? 'no' : 'yes'
	};
	for (const language of LANGUAGES) {
		fields[`text_${language}`] = item.texts[language]?.text ?? '';
		fields[`help_${language}`] = item.texts[language]?.help ?? '';
		fields[`gate_${language}`] = item.gateTexts?.[language]?.text ?? '';
		fields[`gate_help_${language}`] = item.gateTexts?.[language]?.help ?? '';
	}
	return fields;
}

/** The words of one wording in all languages, or what is wrong with them. */
function readTexts(value: (field: string) => string, text: Part, help: Part) {
	const texts: Record<string, { text: string; help?: string }> = {};
	const problems: Record<string, string> = {};
	for (const language of LANGUAGES) {
		const [said, under] = [value(`${text}_${language}`), value(`${help}_${language}`)];
		if (!said && under) problems[`${text}_${language}`] = m.questionnaires_help_alone();
		if (said) texts[language] = under ? { text: said, help: under } : { text: said };
	}
	return { texts, problems };
}

export type ParsedItem = { ok: true; item: Item } | { ok: false; state: FormState };

/**
 * The item as it was typed.
 * @param item the one being changed; code and dimension stay
 * @param isFixed its code has been published: moment and meaning of 0 stay too
 */
export function parseItem(form: FormData, item: Item, isFixed: boolean): ParsedItem {
	const value = (field: string) => {
		const typed = form.get(field);
		return typeof typed === 'string' ? typed.normalize('NFC').replace(/\s+/g, ' ').trim() : '';
	};
	const ordinary = readTexts(value, 'text', 'help');
	const gate = readTexts(value, 'gate', 'gate_help');
	const problems = { ...ordinary.problems, ...gate.problems };
	if (!ordinary.texts.vi) problems.text_vi = m.questionnaires_text_missing();
	const hasGate = Object.keys(gate.texts).length > 0;
	if (hasGate && !gate.texts.vi) problems.gate_vi = m.questionnaires_gate_missing();
	for (const part of PARTS) {
		for (const language of LANGUAGES) {
			const field = `${part}_${language}`;
			if (value(field).length > MAX_CHARACTERS) problems[field] = m.questionnaires_text_long();
		}
	}
	const asked = isFixed || item.code === 'S0' ? askedOf(item) : value('asked');
	if (!askedChoices(item.dimension).includes(asked)) {
		problems.asked = m.questionnaires_asked_missing();
	}
	if (Object.keys(problems).length > 0) {
		return { ok: false, state: { values: typedValues(form), problems } };
	}
	const [when, zero] = asked.split(':') as [Item['when'], NonNullable<Item['zero']> | ''];
	const { gateTexts: _, ...rest } = item;
	return {
		ok: true,
		item: {
			...rest,
			...{ when, zero: zero || null },
			measure: measureOf(item.code, value('counts') !== 'no'),
			texts: ordinary.texts as Texts,
			...(hasGate ? { gateTexts: gate.texts as Texts } : {})
		}
	};
}
