import { error, fail, redirect } from '@sveltejs/kit';
import type { Actions, PageServerLoad, RequestEvent } from './$types';
import { withProblem } from '$lib/forms/parse-form';
import { inLocale } from '$lib/i18n/localised';
import { m } from '$lib/i18n/paraglide/messages.js';
import { placeQuery } from '$lib/members/place.server';
import { edit, markOf, openVersion, refused } from '$lib/questionnaire/editing.server';
import { CHOICE_LINES, factFields, parseFact } from '$lib/questionnaire/fact-form';
import { isOwn, nextFactCode, putFact, removeFact } from '$lib/questionnaire/facts';
import type { OpenVersion } from '$lib/questionnaire/questionnaires.server';

const back = (event: RequestEvent) =>
	`/setup/questionnaires/version/${event.params.version}${placeQuery(event)}#facts`;

/** The own question of the address, if it is there, and its code (a new one for `new`). */
function factOf(event: RequestEvent, { definition, knownFacts }: OpenVersion) {
	const wanted = event.params.code;
	const code = wanted === 'new' ? nextFactCode(definition, Object.keys(knownFacts)) : wanted;
	const fact = definition.facts.find((one) => one.code === wanted);
	if (!code) error(422, { message: m.questionnaires_own_facts_full() });
	if (wanted !== 'new' && !(fact && isOwn(fact))) {
		error(404, { message: m.questionnaires_item_gone() });
	}
	return { code, fact };
}

export const load: PageServerLoad = async (event) => {
	const { supabase, locale } = event.locals;
	const open = await openVersion(supabase, event.params.version);
	if (open.publishedOn) redirect(303, back(event));
	const { code, fact } = factOf(event, open);
	return {
		query: placeQuery(event),
		version: open.id,
		name: inLocale(open.questionnaire.names, locale),
		code,
		isNew: !fact,
		lines: CHOICE_LINES,
		fixed: open.knownFacts[code]?.choices.length,
		fields: factFields(fact),
		seen: markOf(fact)
	};
};

export const actions: Actions = {
	save: async (event) => {
		const form = await event.request.formData();
		const { supabase } = event.locals;
		const open = await openVersion(supabase, event.params.version);
		const { code, fact } = factOf(event, open);
		const parsed = parseFact(form, code, open.knownFacts[code]?.choices.length);
		if (!parsed.ok) return fail(422, { back: parsed.state });
		const seen = markOf(fact);
		if (form.get('seen') !== seen) {
			return fail(409, { back: withProblem(form, 'form', m.questionnaires_changed()), seen });
		}
		try {
			await edit(supabase, event.params.version, ({ definition }) => ({
				definition: putFact(definition, parsed.fact)
			}));
		} catch (failure) {
			return refused(failure, form);
		}
		redirect(303, back(event));
	},
	remove: async (event) => {
		const form = await event.request.formData();
		try {
			await edit(event.locals.supabase, event.params.version, ({ definition }) => ({
				definition: removeFact(definition, event.params.code)
			}));
		} catch (failure) {
			return refused(failure, form);
		}
		redirect(303, back(event));
	}
};
