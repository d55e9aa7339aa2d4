import type { PageServerLoad } from './$types';
import { makePoster } from '$lib/posters/poster';
import { publicOrigin } from '$lib/server/env';
import { posterPoint } from './poster-point.server';

export const load: PageServerLoad = async (event) => {
	const point = await posterPoint(event);
	return { poster: makePoster(point, publicOrigin(event)), token: point.token };
};
