import type { PageServerLoad } from './$types';
import { inLocale } from '$lib/i18n/localised';
import { placeOf, placeQuery } from '$lib/members/place.server';
import { orErrorPage } from '$lib/units/refusal.server';
import { besides, openTo, setupSteps } from '$lib/units/setup-steps';
import { readSetupState } from '$lib/units/setup.server';

export const load: PageServerLoad = async (event) => {
	const { supabase, locale } = event.locals;
	const { unit, roles } = placeOf(event);
	const state = await orErrorPage(readSetupState(supabase, unit.id));
	const questionnaire = state.questionnaire ? inLocale(state.questionnaire, locale) : '';
	const steps = openTo(roles, setupSteps(state, questionnaire));
	return {
		query: placeQuery(event),
		unit: inLocale(unit.names, locale),
		steps,
		besides: openTo(roles, besides()),
		next: steps.find(({ state }) => state === 'missing')
	};
};
