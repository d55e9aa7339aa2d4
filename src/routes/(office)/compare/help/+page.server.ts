import type { PageServerLoad } from './$types';
import { loadHelpPage } from '$lib/compare/help-page.server';
import { placeOf, placeQuery } from '$lib/members/place.server';

/** Which questions would lift a unit's figure most? */
export const load: PageServerLoad = (event) =>
	loadHelpPage(event, placeOf(event), placeQuery(event));
