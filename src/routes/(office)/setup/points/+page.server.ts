import type { Actions, PageServerLoad } from './$types';
import { formatDate } from '$lib/i18n/dates';
import { inLocale } from '$lib/i18n/localised';
import { placeOf, placeQuery } from '$lib/members/place.server';
import { momentLabel, pointKindLabel } from '$lib/units/kinds';
import { offsetOf } from '$lib/units/links';
import * as points from '$lib/units/points.server';
import { orErrorPage, refused } from '$lib/units/refusal.server';

export const load: PageServerLoad = async (event) => {
	const { locals, url } = event;
	const { supabase, locale } = locals;
	const place = placeOf(event);
	const search = (url.searchParams.get('q') ?? '').slice(0, 100).trim();
	const asked = url.searchParams.get('show');
	const show = points.SHOWN.find((one) => one === asked) ?? 'all';
	const from = offsetOf(url);
	const list = await orErrorPage(points.listPoints(supabase, place.unit.id, search, show, from));
	return {
		query: placeQuery(event),
		unit: inLocale(place.unit.names, locale),
		...{ search, show, from },
		done: url.searchParams.get('done'),
		count: url.searchParams.get('count'),
		...{ total: list.total, open: list.open, off: list.off, unchecked: list.unchecked },
		pageSize: points.PAGE_SIZE,
		points: list.points.map((point) => ({
			id: point.id,
			token: point.token,
			label: inLocale(point.labels, locale),
			code: point.code,
			unit: inLocale(point.unit.names, locale),
			about: `${pointKindLabel(point.kind)} · ${momentLabel(point.moment)}`,
			isActive: point.is_active,
			reason: point.inactive_reason,
			checkedOn: point.checked_on && formatDate(point.checked_on, locale),
			checkedBy: point.checked_by
		}))
	};
};

export const actions: Actions = {
	check: async (event) => {
		const form = await event.request.formData();
		const chosen = form.getAll('point').map(String);
		if (chosen.length === 0) return { checked: 0 };
		try {
			const unit = placeOf(event).unit.id;
			return { checked: await points.checkPoints(event.locals.supabase, unit, chosen) };
		} catch (failure) {
			return refused(failure, form, 'form');
		}
	}
};
