import type { PageServerLoad } from './$types';
import { inLocale } from '$lib/i18n/localised';
import { formatDate } from '$lib/i18n/dates';
import { placeOf, placeQuery } from '$lib/members/place.server';
import { unitKindLabel } from '$lib/units/kinds';
import { offsetOf } from '$lib/units/links';
import { orErrorPage } from '$lib/units/refusal.server';
import * as units from '$lib/units/units.server';

const ID = /^[0-9a-f-]{36}$/i;

export const load: PageServerLoad = async (event) => {
	const { locals, url } = event;
	const { supabase, locale } = locals;
	const place = placeOf(event);
	const asked = url.searchParams.get('at') ?? '';
	const search = (url.searchParams.get('q') ?? '').slice(0, 100).trim();
	const closed = url.searchParams.get('closed') === '1';
	const from = offsetOf(url);
	const at = ID.test(asked) ? asked : place.unit.id;
	const branch = await orErrorPage(
		units.readBranch(supabase, place.unit.id, { at, search, from, closed })
	);
	const name = (unit: { names: Parameters<typeof inLocale>[0] }) => inLocale(unit.names, locale);
	return {
		query: placeQuery(event),
		home: place.unit.id,
		at: { id: branch.at.id, name: name(branch.at), kind: unitKindLabel(branch.at.kind) },
		path: branch.path.slice(0, -1).map((unit) => ({ id: unit.id, name: name(unit) })),
		...{ search, from, closed },
		isWhole: branch.whole,
		total: branch.total,
		closedCount: branch.closed,
		pageSize: units.PAGE_SIZE,
		done: url.searchParams.get('done'),
		units: branch.units.map((unit) => ({
			id: unit.id,
			name: name(unit),
			kind: unitKindLabel(unit.kind),
			code: unit.code,
			depth: unit.depth,
			units: unit.units,
			points: unit.points,
			until: unit.valid_to ? formatDate(unit.valid_to, locale) : null,
			path: unit.path?.map(name).join(' › ') ?? ''
		}))
	};
};
