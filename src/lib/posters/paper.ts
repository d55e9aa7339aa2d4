/**
 * The paper twin of a form: the same questions under the same codes, in one list that is printed and
 * keyed. Owns: their order, the digits of the choices, from keyed digits to a form that the survey's own
 * rules read. Must not know: the database, how a page looks. Pure.
 */
import { inLocale, type Localised } from '$lib/i18n/localised';
import type { Locale } from '$lib/i18n/locale';
import { m } from '$lib/i18n/paraglide/messages.js';
import type { Item, Version, Zero } from '$lib/questionnaire/version';
import { asksMoment, isShown, type Asked } from '$lib/survey/answers';

/** What a sheet is about. */
export interface PaperScope {
	version: Version;
	moment: Asked['moment'];
	wording: 'one_stop' | 'gate';
	groups: { id: string; names: Localised }[];
}

export type PaperQuestion =
	| { kind: 'heading'; name: string; text: string; note?: string | undefined }
	| { kind: 'rating'; name: string; text: string; help?: string | undefined; zero: string | null }
	| {
			kind: 'choice';
			name: string;
			text: string;
			/** The n-th is keyed as n. */
			choices: { value: string; text: string }[];
			/** How many may be chosen. */
			most: number;
	  };

/** The questions that are answered, without headings. */
export type KeyedQuestion = Exclude<PaperQuestion, { kind: 'heading' }>;

export function askedOf({ version, moment, groups }: PaperScope): Asked {
	return { version, moment, procedureGroupIds: groups.map(({ id }) => id) };
}

function zeroWord(zero: Zero, wording: PaperScope['wording'], locale: Locale): string {
	const pending =
		wording === 'gate' ? m.survey_zero_result_pending_gate : m.survey_zero_result_pending;
	const words = {
		no_fee: m.survey_zero_no_fee,
		unknown: m.survey_zero_unknown,
		not_filed: m.survey_zero_not_filed,
		result_pending: pending
	};
	return words[zero]({}, { locale });
}

/** Everything that a sheet asks, in the order of the form on the screen. */
export function paperQuestions(scope: PaperScope, locale: Locale): PaperQuestion[] {
	const { version, wording, groups } = scope;
	const asked = askedOf(scope);
	const rating = (item: Item): PaperQuestion => {
		const texts = (wording === 'gate' && item.gateTexts) || item.texts;
		const words = texts[locale] ?? texts.vi;
		const zero = item.when === 'filed' && version.asksFiled ? null : item.zero;
		const reason = zero && zeroWord(zero, wording, locale);
		return { kind: 'rating', name: item.code, text: words.text, help: words.help, zero: reason };
	};
	const choice = (
		name: string,
		text: string,
		choices: { value: string; text: string }[],
		most = 1
	): PaperQuestion => ({ kind: 'choice', name, text, choices, most });

	const questions: PaperQuestion[] = [];
	if (groups.length > 0) {
		questions.push(
			choice('field', m.survey_field_question({}, { locale }), [
				...groups.map(({ id, names }) => ({ value: id, text: inLocale(names, locale) })),
				{ value: 'unknown', text: m.survey_field_unknown({}, { locale }) }
			])
		);
	}
	if (asksMoment(asked)) {
		questions.push(
			choice('M0', m.survey_moment_question({}, { locale }), [
				{ value: 'receive', text: m.survey_moment_receive({}, { locale }) },
				{ value: 'return', text: m.survey_moment_return({}, { locale }) },
				{ value: 'other', text: m.survey_moment_other({}, { locale }) }
			])
		);
	}
	const items = version.items.filter((item) => isShown(item, asked));
	for (const block of version.blocks) {
		const own = items.filter(({ code }) => code.startsWith(block.code));
		if (own.length === 0) continue;
		const note = block.note && inLocale(block.note, locale);
		questions.push({
			kind: 'heading',
			name: block.code,
			text: inLocale(block.title, locale),
			note
		});
		const filed = own.filter((item) => version.asksFiled && item.when === 'filed');
		questions.push(...own.filter((item) => !filed.includes(item)).map(rating));
		if (filed.length === 0) continue;
		questions.push(
			choice('EG', m.survey_filed_question({}, { locale }), [
				{ value: 'no', text: m.survey_filed_no({}, { locale }) },
				{ value: 'yes', text: m.survey_filed_yes({}, { locale }) }
			]),
			...filed.map(rating)
		);
	}
	const inBlock = (item: Item) => version.blocks.some(({ code }) => item.code.startsWith(code));
	questions.push(...items.filter((item) => !inBlock(item)).map(rating));
	for (const { code, text, choices, max } of version.facts) {
		const words = choices.map((one, index) => ({
			value: String(index + 1),
			text: inLocale(one, locale)
		}));
		questions.push(choice(code, inLocale(text, locale), words, max));
	}
	return questions;
}

export const keyed = (questions: PaperQuestion[]): KeyedQuestion[] =>
	questions.filter((question): question is KeyedQuestion => question.kind !== 'heading');

/**
 * What was keyed, as the form that the same person would have sent from a phone. What fits no choice
 * becomes a value that the survey's rules refuse.
 */
export function formOfKeys(questions: KeyedQuestion[], keys: FormData): FormData {
	const form = new FormData();
	for (const question of questions) {
		const typed = String(keys.get(question.name) ?? '').trim();
		if (typed === '') continue;
		if (question.kind === 'rating') {
			form.append(question.name, typed);
			continue;
		}
		for (const digits of typed.split(/[\s,;.]+/).filter(Boolean)) {
			form.append(question.name, question.choices[Number(digits) - 1]?.value ?? 'impossible');
		}
	}
	form.append('comment', String(keys.get('comment') ?? ''));
	return form;
}
