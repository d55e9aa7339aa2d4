import type { PageServerLoad } from './$types';
import { loadComparePage } from '$lib/compare/compare-page.server';
import { placeOf, placeQuery } from '$lib/members/place.server';

/** Which unit needs help with what, and how sure is that? */
export const load: PageServerLoad = (event) =>
	loadComparePage(event, placeOf(event), placeQuery(event));
