import type { PageServerLoad } from './$types';
import { uuidIn } from '$lib/forms/is-uuid';
import { inLocale } from '$lib/i18n/localised';
import { placeOf, placeQuery } from '$lib/members/place.server';
import { offsetOf } from '$lib/units/links';
import * as procedures from '$lib/units/procedures.server';
import { orErrorPage } from '$lib/units/refusal.server';

export const load: PageServerLoad = async (event) => {
	const { locals, url } = event;
	const { supabase, locale } = locals;
	const place = placeOf(event);
	const search = (url.searchParams.get('q') ?? '').slice(0, 100).trim();
	const group = uuidIn(url, 'group') ?? undefined;
	const from = offsetOf(url);
	const list = await orErrorPage(
		procedures.listProcedures(supabase, place.unit.id, { search, group, from })
	);
	return {
		query: placeQuery(event),
		unit: inLocale(place.unit.names, locale),
		...{ search, group, from },
		done: url.searchParams.get('done'),
		total: list.total,
		pageSize: procedures.PAGE_SIZE,
		groups: list.groups.map(({ id, code, names, unit, procedures, points }) => ({
			...{ id, code, procedures, points },
			name: inLocale(names, locale),
			unit: inLocale(unit, locale)
		})),
		procedures: list.procedures.map(({ id, code, name, group, unit }) => ({
			...{ id, code, name },
			group: inLocale(group, locale),
			unit: inLocale(unit, locale)
		}))
	};
};
