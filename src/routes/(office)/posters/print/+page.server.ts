import { error } from '@sveltejs/kit';
import type { PageServerLoad } from './$types';
import { m } from '$lib/i18n/paraglide/messages.js';
import { placeOf, placeQuery } from '$lib/members/place.server';
import { gateSign, readRequest } from '$lib/posters/formats';
import { readPoints } from '$lib/posters/points.server';
import { makePoster } from '$lib/posters/poster';
import { publicOrigin } from '$lib/server/env';

/** Sheets on one page; more would keep a small office printer busy for an hour. */
const MOST_SHEETS = 300;

export const load: PageServerLoad = async (event) => {
	const wanted = readRequest(event.url.searchParams);
	const points = await readPoints(event.locals.supabase, placeOf(event).unit.id, wanted);
	if (points.length * wanted.formats.length > MOST_SHEETS) {
		error(422, { message: m.print_too_many({ most: MOST_SHEETS }) });
	}
	const origin = publicOrigin(event);
	const posters = points.map((point) => makePoster(point, origin));
	return {
		query: placeQuery(event),
		isMono: wanted.isMono,
		sign: gateSign(wanted.metres),
		metres: wanted.metres,
		formats: wanted.formats,
		sheets: posters.flatMap((poster) => wanted.formats.map((format) => ({ format, poster })))
	};
};
