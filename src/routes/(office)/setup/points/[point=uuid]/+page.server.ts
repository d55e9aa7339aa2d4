import { fail, redirect } from '@sveltejs/kit';
import { z } from 'zod';
import type { Actions, PageServerLoad, RequestEvent } from './$types';
import { recordNow } from '$lib/forms/changed-meanwhile.server';
import { parseForm, typedValues } from '$lib/forms/parse-form';
import { formatDate } from '$lib/i18n/dates';
import { inLocale } from '$lib/i18n/localised';
import { m } from '$lib/i18n/paraglide/messages.js';
import { placeOf, placeQuery } from '$lib/members/place.server';
import { setupHref } from '$lib/units/links';
import { pointChanges, pointSchema } from '$lib/units/point-form';
import { pointOffer, unitsOfPoint } from '$lib/units/point-form.server';
import * as points from '$lib/units/points.server';
import { orErrorPage, refused } from '$lib/units/refusal.server';

export const load: PageServerLoad = async (event) => {
	const { supabase, locale } = event.locals;
	const point = await orErrorPage(points.readPoint(supabase, event.params.point));
	const asking = { client: supabase, unit: placeOf(event).unit.id, locale };
	const option = ({ id, names }: typeof point.unit) => ({ id, label: inLocale(names, locale) });
	return {
		query: placeQuery(event),
		done: event.url.searchParams.get('done'),
		offer: await orErrorPage(pointOffer(asking, point.unit.id)),
		point,
		label: inLocale(point.labels, locale),
		place: option(point.unit),
		decides: option(point.decides),
		asks: m.units_point_asks({
			name: inLocale(point.questionnaire.names, locale),
			version: point.questionnaire.version
		}),
		checks: point.checks.map(({ on, by }) => ({ on: formatDate(on, locale), by })),
		replaced: point.replaced.map(({ token, reason, on }) => ({
			...{ token, reason },
			on: formatDate(on, locale)
		}))
	};
};

const here = (event: RequestEvent, done: string) =>
	setupHref(`/setup/points/${event.params.point}`, placeQuery(event), { done });

/** Saves one thing of the point, whatever else has changed meanwhile. */
async function put(event: RequestEvent, values: points.PointValues, form: FormData, done: string) {
	const { supabase } = event.locals;
	try {
		const { revision } = await points.readPoint(supabase, event.params.point ?? '');
		await points.savePoint(supabase, event.params.point ?? '', values, revision);
	} catch (failure) {
		return { refusal: refused(failure, form) };
	}
	redirect(303, here(event, done));
}

export const actions: Actions = {
	save: async (event) => {
		const { supabase, locale } = event.locals;
		const form = await event.request.formData();
		const parsed = parseForm(pointSchema(), form);
		if (!parsed.ok) return fail(422, { back: parsed.state });
		const asking = { client: supabase, unit: placeOf(event).unit.id, locale };
		const { refusal, place, decides } = await unitsOfPoint(asking, form);
		if (refusal) return refusal;
		const { point } = event.params;
		try {
			const values = { ...parsed.data, unit_id: place, default_deciding_unit_id: decides };
			await points.savePoint(supabase, point, values, Number(form.get('seen')));
		} catch (failure) {
			const now = recordNow(failure, points.pointCard);
			if (!now) return refused(failure, form);
			const choices = await points.pointChoicesAt(supabase, now.unit.id);
			const values = { ...typedValues(form), seen: String(now.revision) };
			const changed = pointChanges(parsed.data, now, choices, locale);
			return fail(409, { back: { values, problems: {} as Record<string, string> }, changed });
		}
		redirect(303, here(event, 'saved'));
	},
	off: async (event) => {
		const form = await event.request.formData();
		const reason = z.string().trim().min(1, m.units_reason_missing()).max(500, m.units_too_long());
		const parsed = parseForm(z.object({ reason }), form);
		if (!parsed.ok) return fail(422, { off: parsed.state });
		const values = { is_active: false, inactive_reason: parsed.data.reason };
		return (await put(event, values, form, 'off')).refusal;
	},
	on: async (event) => {
		const form = await event.request.formData();
		return (await put(event, { is_active: true }, form, 'on')).refusal;
	}
};
