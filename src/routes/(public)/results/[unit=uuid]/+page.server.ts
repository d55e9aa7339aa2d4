import type { PageServerLoad } from './$types';
import { anonymousClient } from '$lib/server/supabase';
import { readQuery } from '$lib/transparency/address';
import { refuse, unknownPeriod } from '$lib/transparency/refusal';
import { readUnitResults } from '$lib/transparency/results.server';
import { buildUnitPage } from '$lib/transparency/unit-page';

/** Results of one unit and everything below it, down to the five levels of each item. */
export const load: PageServerLoad = async ({ params, url, locals }) => {
	const { period, formula } = readQuery(url.searchParams);
	if (period === undefined) unknownPeriod();
	const results = await readUnitResults(anonymousClient(), params.unit, period).catch(refuse);
	const result = buildUnitPage(results, formula, locals.locale);
	return { result, organisationName: result.organisation.name };
};
