import type { PageServerLoad } from './$types';
import { loadWeightsPage } from '$lib/compare/weights-page.server';
import { placeOf, placeQuery } from '$lib/members/place.server';

/** What would the figure be if answers counted by how many people were served? */
export const load: PageServerLoad = (event) =>
	loadWeightsPage(event, placeOf(event), placeQuery(event));
