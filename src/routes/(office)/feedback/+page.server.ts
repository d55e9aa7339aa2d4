import type { PageServerLoad } from './$types';
import { loadPicture } from '$lib/feedback/picture-page.server';
import { placeOf, placeQuery } from '$lib/members/place.server';

/** What do people say to this unit, and what should it mend? */
export const load: PageServerLoad = (event) =>
	loadPicture(event, placeOf(event), placeQuery(event));
