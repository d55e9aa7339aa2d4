import type { PageServerLoad } from './$types';
import { loadComparePage } from '$lib/compare/compare-page.server';
import { mayOpen } from '$lib/members/pages';
import { placeOf, placeQuery } from '$lib/members/place.server';

/** Which unit needs help with what, and how sure is that? */
export const load: PageServerLoad = async (event) => {
	const place = placeOf(event);
	const page = await loadComparePage(event, place, placeQuery(event));
	return {
		...page,
		placeQuery: placeQuery(event),
		maySetTargets: mayOpen('/setup/targets', place.roles)
	};
};
