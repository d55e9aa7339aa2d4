import type { PageServerLoad } from './$types';
import { formatDate } from '$lib/i18n/dates';
import { inLocale } from '$lib/i18n/localised';
import { placeOf, placeQuery } from '$lib/members/place.server';
import * as questionnaires from '$lib/questionnaire/questionnaires.server';

export const load: PageServerLoad = async (event) => {
	const { supabase, locale } = event.locals;
	const place = placeOf(event);
	const found = await questionnaires.readAll(supabase, place.unit.id);
	return {
		query: placeQuery(event),
		mayMake: found.mayMake,
		questionnaires: found.questionnaires.map(
			({ id, names, versions, points, chosenAt, chosenUnits, chosenPoints }) => {
				const published = versions.find(({ publishedOn }) => publishedOn !== null);
				const draft = versions.find(({ publishedOn }) => publishedOn === null);
				return {
					...{ id, points, chosenUnits, chosenPoints },
					name: inLocale(names, locale),
					isHere: id === found.here,
					published: published && {
						id: published.id,
						number: published.number,
						items: published.items,
						on: formatDate(published.publishedOn ?? '', locale)
					},
					draft: draft && { id: draft.id, number: draft.number },
					chosenAt: chosenAt.map((names) => inLocale(names, locale)).join('; ')
				};
			}
		)
	};
};
