import type { SupabaseClient } from '@supabase/supabase-js';
import type { PageServerLoad } from './$types';
import type { Locale } from '$lib/i18n/locale';
import { anonymousClient } from '$lib/server/supabase';
import { readQuery } from '$lib/transparency/address';
import { refuse, unknownPeriod, unknownPlace } from '$lib/transparency/refusal';
import { buildResultPage } from '$lib/transparency/result-page';
import { listOrganisations, readResults } from '$lib/transparency/results.server';
import type { OrganisationResults } from '$lib/transparency/results';

/** Results of one organisation; without a query of the one whose results may be read. */
export const load: PageServerLoad = async ({ url, locals }) => {
	const { organisation, period, formula } = readQuery(url.searchParams);
	if (organisation === undefined) unknownPlace();
	if (period === undefined) unknownPeriod();
	const supabase = anonymousClient();
	const results = await read(supabase, organisation, period).catch(refuse);
	if (!results) return { result: null, organisationName: undefined };
	const result = await view(supabase, results, formula, locals.locale).catch(refuse);
	return { result, organisationName: result.organisation.name };
};

async function read(supabase: SupabaseClient, organisation: string | null, period: string | null) {
	if (organisation) return readResults(supabase, organisation, period);
	const visible = (await listOrganisations(supabase)).filter((one) => one.resultsVisible);
	const chosen = visible.find((one) => one.isDemo) ?? visible[0];
	return chosen ? readResults(supabase, chosen.id, period) : null;
}

/** The page with what it is compared with: the listed period of the same kind just before. */
async function view(
	supabase: SupabaseClient,
	results: OrganisationResults,
	formula: 'top2' | 'mean',
	locale: Locale
) {
	const sameKind = results.periods.filter(({ kind }) => kind === results.period?.kind);
	const place = sameKind.findIndex(({ code }) => code === results.period?.code);
	const before = place > 0 ? sameKind[place - 1] : undefined;
	return buildResultPage(
		results,
		before ? await readResults(supabase, results.organisation.id, before.code) : null,
		formula,
		locale
	);
}
