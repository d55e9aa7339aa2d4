/**
 * The lines of the summary over a returned form: which question, what is wrong, where to mend it.
 * Must not know: how the summary looks.
 */
import { inLocale } from '$lib/i18n/localised';
import type { Locale } from '$lib/i18n/locale';
import { m } from '$lib/i18n/paraglide/messages.js';
import type { Fault } from './answers';
import { faultWord, problemWord } from './fault-words';
import type { ProblemKey } from './receive.server';
import type { Survey } from './survey.server';

/** The words of the question behind a field, or undefined for the comment. */
function questionOf({ version, point }: Survey, locale: Locale, field: string): string | undefined {
	if (field === 'M0') return m.survey_moment_question();
	if (field === 'EG') return m.survey_filed_question();
	if (field === 'field') return m.survey_field_question();
	const fact = version.facts.find(({ code }) => code === field);
	if (fact) return inLocale(fact.text, locale);
	const item = version.items.find(({ code }) => code === field);
	const texts = (point.wording === 'gate' && item?.gateTexts) || item?.texts;
	return (texts?.[locale] ?? texts?.vi)?.text;
}

/** One line per fault; one line without a link where the form as a whole must be sent again. */
export function faultLines(survey: Survey, locale: Locale, faults: Fault[], problem: ProblemKey) {
	if (faults.length === 0) return [{ text: problemWord(problem) }];
	return faults.map(({ field, key }) => {
		const isOfField = key === 'impossible' || key === 'too_many';
		const question = isOfField ? questionOf(survey, locale, field) : undefined;
		return {
			text: question ? `“${question}”: ${faultWord(key)}` : faultWord(key),
			href: field === 'comment' ? 'comment' : `${field}-1`
		};
	});
}
