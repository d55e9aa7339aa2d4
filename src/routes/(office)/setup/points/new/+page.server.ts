import { fail, redirect } from '@sveltejs/kit';
import type { Actions, PageServerLoad } from './$types';
import { uuidIn } from '$lib/forms/is-uuid';
import { parseForm } from '$lib/forms/parse-form';
import { inLocale } from '$lib/i18n/localised';
import { placeOf, placeQuery } from '$lib/members/place.server';
import { setupHref } from '$lib/units/links';
import { pointSchema } from '$lib/units/point-form';
import { pointOffer, unitsOfPoint } from '$lib/units/point-form.server';
import * as points from '$lib/units/points.server';
import { orErrorPage, refused } from '$lib/units/refusal.server';
import { readUnit } from '$lib/units/units.server';

export const load: PageServerLoad = async (event) => {
	const { supabase, locale } = event.locals;
	const place = placeOf(event);
	const at = uuidIn(event.url, 'at') ?? place.unit.id;
	const [offer, unit] = await Promise.all([
		orErrorPage(pointOffer({ client: supabase, unit: place.unit.id, locale }, at)),
		orErrorPage(readUnit(supabase, at))
	]);
	return {
		query: placeQuery(event),
		offer,
		at: { id: unit.id, label: inLocale(unit.names, locale) }
	};
};

export const actions: Actions = {
	default: async (event) => {
		const { supabase, locale } = event.locals;
		const form = await event.request.formData();
		const parsed = parseForm(pointSchema(), form);
		if (!parsed.ok) return fail(422, { back: parsed.state });
		const asking = { client: supabase, unit: placeOf(event).unit.id, locale };
		const { refusal, place, decides } = await unitsOfPoint(asking, form);
		if (refusal) return refusal;
		const { scope_line, ...values } = parsed.data;
		// A blank scope line of a new point is what its wording gives it.
		const scope = Object.values(scope_line).some(Boolean) ? { scope_line } : {};
		try {
			const point = { ...values, ...scope, default_deciding_unit_id: decides };
			await points.addPoints(supabase, place, [point]);
		} catch (failure) {
			return refused(failure, form);
		}
		redirect(303, setupHref('/setup/points', placeQuery(event), { done: 'added' }));
	}
};
