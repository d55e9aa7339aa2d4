import type { PageServerLoad } from './$types';
import { loadPicture } from '$lib/feedback/picture-page.server';
import { placeOf, placeQuery } from '$lib/members/place.server';

/** The same picture as tables on one A4 page. */
export const load: PageServerLoad = (event) =>
	loadPicture(event, placeOf(event), placeQuery(event));
