import type { PageServerLoad } from './$types';
import { inLocale } from '$lib/i18n/localised';
import { placeOf, placeQuery } from '$lib/members/place.server';
import { readRequest } from '$lib/posters/formats';
import { PAGE_SIZE, listPoints, readPoints } from '$lib/posters/points.server';

export const load: PageServerLoad = async (event) => {
	const { locals, url } = event;
	const { supabase, locale } = locals;
	const { unit } = placeOf(event);
	const search = (url.searchParams.get('q') ?? '').slice(0, 100);
	const offset = Math.max(0, Number.parseInt(url.searchParams.get('from') ?? '0', 10) || 0);
	const wanted = readRequest(url.searchParams);
	const [found, chosen] = await Promise.all([
		listPoints(supabase, unit.id, search, offset),
		readPoints(supabase, unit.id, { points: wanted.points, units: [] })
	]);
	const shown = new Set(found.points.map(({ token }) => token));
	return {
		unitId: unit.id,
		query: placeQuery(event),
		search,
		offset,
		pageSize: PAGE_SIZE,
		total: found.total,
		wanted,
		/** What was chosen before and the search now hides. */
		kept: chosen
			.filter(({ token }) => !shown.has(token))
			.map((point) => ({
				token: point.token,
				label: inLocale(point.labels, locale),
				unit: inLocale(point.unit, locale)
			})),
		units: found.units.map(({ id, names, depth, points }) => ({
			id,
			name: inLocale(names, locale),
			depth,
			count: points,
			points: found.points
				.filter((point) => point.unit.id === id)
				.map((point) => ({ token: point.token, label: inLocale(point.labels, locale) }))
		}))
	};
};
