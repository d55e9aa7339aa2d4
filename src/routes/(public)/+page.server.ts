import type { PageServerLoad } from './$types';
import { inLocale } from '$lib/i18n/localised';
import { anonymousClient } from '$lib/server/supabase';
import { refuse } from '$lib/transparency/refusal';
import { listOrganisations } from '$lib/transparency/results.server';

export const load: PageServerLoad = async ({ locals: { locale } }) => {
	const organisations = await listOrganisations(anonymousClient()).catch(refuse);
	return {
		organisations: organisations.map((organisation) => ({
			id: organisation.id,
			name: inLocale(organisation.names, locale),
			isDemo: organisation.isDemo,
			resultsVisible: organisation.resultsVisible,
			points: organisation.points.map(({ token, labels, unit }) => ({
				token,
				label: inLocale(labels, locale),
				unit: inLocale(unit.names, locale)
			}))
		}))
	};
};
