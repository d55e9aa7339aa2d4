import { error } from '@sveltejs/kit';
import type { PageServerLoad } from './$types';
import { isLocale } from '$lib/i18n/locale';
import { inLocale } from '$lib/i18n/localised';
import { m } from '$lib/i18n/paraglide/messages.js';
import { placeOf, placeQuery } from '$lib/members/place.server';
import { readRequest } from '$lib/posters/formats';
import { paperQuestions } from '$lib/posters/paper';
import { readPoints } from '$lib/posters/points.server';
import { publicOrigin } from '$lib/server/env';
import * as surveys from '$lib/survey/survey.server';

/** The paper twin of the form in force at one point. */
export const load: PageServerLoad = async (event) => {
	const wanted = readRequest(event.url.searchParams);
	const asked = event.url.searchParams.get('in');
	const language = isLocale(asked) ? asked : 'vi';
	const unitId = placeOf(event).unit.id;
	const [point] = await readPoints(event.locals.supabase, unitId, {
		points: wanted.points.slice(0, 1),
		units: []
	});
	if (!point) error(404, { message: m.print_sheets_none() });
	if (!point.offersPaper) error(422, { message: m.paper_not_here() });
	const survey = await surveys.open(point.token);
	const scope = {
		version: survey.version,
		moment: survey.point.moment,
		wording: survey.point.wording,
		groups: survey.procedureGroups
	};
	return {
		query: placeQuery(event),
		language,
		unit: inLocale(survey.unit.names, language),
		organisation: inLocale(survey.organisation.names, language),
		point: inLocale(survey.point.labels, language),
		host: new URL(publicOrigin(event)).host,
		version: survey.version.form,
		questions: paperQuestions(scope, language)
	};
};
