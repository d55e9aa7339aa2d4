import type { SupabaseClient } from '@supabase/supabase-js';
import type { PageServerLoad } from './$types';
import type { Locale } from '$lib/i18n/locale';
import { anonymousClient } from '$lib/server/supabase';
import { readQuery } from '$lib/transparency/address';
import { fallbackNotice } from '$lib/transparency/publication-view';
import { refuse, unknownPlace } from '$lib/transparency/refusal';
import { buildResultPage } from '$lib/transparency/result-page';
import { listOrganisations, readResults, type Asked } from '$lib/transparency/results.server';
import type { OrganisationResults } from '$lib/transparency/results';

/** Results of one organisation; without a query of the one whose results may be read. */
export const load: PageServerLoad = async ({ url, locals }) => {
	const { organisation, period, revision, formula } = readQuery(url.searchParams);
	if (organisation === undefined) unknownPlace();
	const supabase = anonymousClient();
	const asked = { period: period ?? null, revision: revision ?? null };
	const results = await read(supabase, organisation, asked).catch(refuse);
	if (!results) return { result: null, notice: null, organisationName: undefined };
	const result = await view(supabase, results, formula, locals.locale).catch(refuse);
	const notice = fallbackNotice({ period, revision }, results, locals.locale);
	return { result, notice, organisationName: result.organisation.name };
};

async function read(supabase: SupabaseClient, organisation: string | null, asked: Asked) {
	if (organisation) return readResults(supabase, organisation, asked);
	const visible = (await listOrganisations(supabase)).filter((one) => one.resultsVisible);
	const chosen = visible.find((one) => one.isDemo) ?? visible[0];
	return chosen ? readResults(supabase, chosen.id, asked) : null;
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
		before ? await readResults(supabase, results.organisation.id, { period: before.code }) : null,
		formula,
		locale
	);
}
