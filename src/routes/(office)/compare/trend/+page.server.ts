import type { PageServerLoad } from './$types';
import { loadTrendPage } from '$lib/compare/trend-page.server';
import { placeOf, placeQuery } from '$lib/members/place.server';

/** How did a unit's figure go, and did it change? */
export const load: PageServerLoad = (event) =>
	loadTrendPage(event, placeOf(event), placeQuery(event));
