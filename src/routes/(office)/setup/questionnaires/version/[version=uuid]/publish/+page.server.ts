import { fail, redirect } from '@sveltejs/kit';
import type { Actions, PageServerLoad } from './$types';
import { withProblem } from '$lib/forms/parse-form';
import { inLocale } from '$lib/i18n/localised';
import { m } from '$lib/i18n/paraglide/messages.js';
import { placeQuery } from '$lib/members/place.server';
import { compareVersions } from '$lib/questionnaire/compare';
import { comparisonWords } from '$lib/questionnaire/compare-words';
import { openVersion, refused } from '$lib/questionnaire/editing.server';
import * as questionnaires from '$lib/questionnaire/questionnaires.server';
import { missingIn, TRANSLATIONS } from '$lib/questionnaire/translations';
import { languageName } from '$lib/questionnaire/words';

export const load: PageServerLoad = async (event) => {
	const { supabase, locale } = event.locals;
	const open = await openVersion(supabase, event.params.version);
	const { definition, before } = open;
	if (open.publishedOn) {
		redirect(303, `/setup/questionnaires/version/${open.id}${placeQuery(event)}`);
	}
	const comparison = before && compareVersions(before.definition, definition);
	return {
		query: placeQuery(event),
		version: open.id,
		revision: open.revision,
		number: open.number,
		name: inLocale(open.questionnaire.names, locale),
		points: open.points,
		items: definition.items.length,
		before: before?.number,
		isSame: comparison?.isSame ?? false,
		sections: comparison ? comparisonWords(comparison) : [],
		translations: TRANSLATIONS.flatMap((language) => {
			const missing = missingIn(definition, language);
			const name = languageName(language);
			return [
				...(missing.length > 0
					? [m.questionnaires_publish_missing({ language: name, codes: missing.join(', ') })]
					: []),
				...(definition.unchecked.includes(language)
					? [m.questionnaires_publish_unchecked({ language: name })]
					: [])
			];
		})
	};
};

export const actions: Actions = {
	default: async (event) => {
		const form = await event.request.formData();
		if (form.get('sure') !== 'yes') {
			return fail(422, {
				back: withProblem(form, 'sure', m.questionnaires_publish_sure_missing())
			});
		}
		const { supabase } = event.locals;
		let points: number;
		let questionnaire: string;
		try {
			// The revision of the page that was read: what was changed since is not published unseen.
			points = await questionnaires.publish(
				supabase,
				event.params.version,
				Number(form.get('revision'))
			);
			questionnaire = (await openVersion(supabase, event.params.version)).questionnaire.id;
		} catch (failure) {
			return refused(failure, form);
		}
		const query = new URLSearchParams(placeQuery(event));
		query.set('done', 'published');
		query.set('points', String(points));
		redirect(303, `/setup/questionnaires/${questionnaire}?${query}`);
	}
};
