import { fail, redirect } from '@sveltejs/kit';
import type { Actions, PageServerLoad, RequestEvent } from './$types';
import { typedValues } from '$lib/forms/parse-form';
import { inLocale } from '$lib/i18n/localised';
import { m } from '$lib/i18n/paraglide/messages.js';
import { placeQuery } from '$lib/members/place.server';
import { edit, openVersion, refused } from '$lib/questionnaire/editing.server';
import { CATALOGUE, isOwn, WHO_PRESSED, withChosen } from '$lib/questionnaire/facts';
import { REASON_CHARACTERS, SENSITIVE_FACT } from '$lib/questionnaire/person-facts';

const back = (event: RequestEvent) =>
	`/setup/questionnaires/version/${event.params.version}${placeQuery(event)}#facts`;

export const load: PageServerLoad = async (event) => {
	const { supabase, locale } = event.locals;
	const { id, definition, questionnaire, publishedOn } = await openVersion(
		supabase,
		event.params.version
	);
	if (publishedOn) redirect(303, back(event));
	const isOn = (code: string) => definition.facts.some((fact) => fact.code === code);
	return {
		query: placeQuery(event),
		version: id,
		name: inLocale(questionnaire.names, locale),
		catalogue: [...CATALOGUE, WHO_PRESSED].map(({ code, text, choices }) => ({
			code,
			text: text.vi,
			choices: choices.map((choice) => choice.vi).join(' / '),
			isOn: isOn(code),
			isSensitive: code === SENSITIVE_FACT,
			isAboutPerson: code.startsWith('P')
		})),
		reason: definition.facts.find(({ code }) => code === SENSITIVE_FACT)?.reason ?? '',
		own: definition.facts.filter(isOwn).map(({ code, text }) => ({ code, text: text.vi }))
	};
};

export const actions: Actions = {
	default: async (event) => {
		const form = await event.request.formData();
		const codes = form.getAll('fact').map(String);
		const reason = String(form.get('reason') ?? '').trim();
		if (codes.includes(SENSITIVE_FACT) && reason.length < REASON_CHARACTERS) {
			const problems = { reason: m.questionnaires_reason_missing() };
			return fail(422, { back: { values: typedValues(form), problems }, codes });
		}
		try {
			await edit(event.locals.supabase, event.params.version, ({ definition }) => ({
				definition: withChosen(definition, codes, reason)
			}));
		} catch (failure) {
			return refused(failure, form);
		}
		redirect(303, back(event));
	}
};
