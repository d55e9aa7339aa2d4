import { fail, redirect, type RequestEvent } from '@sveltejs/kit';
import { z } from 'zod';
import type { Actions, PageServerLoad } from './$types';
import { parseForm, typedValues, withProblem } from '$lib/forms/parse-form';
import { inLocale } from '$lib/i18n/localised';
import { m } from '$lib/i18n/paraglide/messages.js';
import { placeOf, placeQuery } from '$lib/members/place.server';
import { numbered, numberRange } from '$lib/units/label-range';
import { setupHref } from '$lib/units/links';
import { commonSchema } from '$lib/units/point-form';
import { pointOffer, unitsOfPoint } from '$lib/units/point-form.server';
import * as points from '$lib/units/points.server';
import { orErrorPage, refused } from '$lib/units/refusal.server';

export const load: PageServerLoad = async (event) => {
	const { supabase, locale } = event.locals;
	const { unit } = placeOf(event);
	return {
		query: placeQuery(event),
		offer: await orErrorPage(pointOffer({ client: supabase, unit: unit.id, locale }, unit.id)),
		at: { id: unit.id, label: inLocale(unit.names, locale) }
	};
};

const number = () => z.coerce.number(m.units_range_wrong());
const rangeSchema = () =>
	z.object({
		labels_vi: z.string().trim().min(1, m.units_label_missing()).max(76, m.units_too_long()),
		labels_zh: z.string().trim().max(76, m.units_too_long()).default(''),
		labels_en: z.string().trim().max(76, m.units_too_long()).default(''),
		first: number(),
		last: number()
	});

/** The points that the form describes, or the form with its problem. */
async function described(event: RequestEvent, form: FormData) {
	const labels = parseForm(rangeSchema(), form);
	if (!labels.ok) return { refusal: fail(422, { back: labels.state }) };
	const common = parseForm(commonSchema(), form);
	if (!common.ok) return { refusal: fail(422, { back: common.state }) };
	const { first, last, labels_vi, labels_zh, labels_en } = labels.data;
	const range = numberRange(first, last);
	if (!range) {
		return { refusal: fail(422, { back: withProblem(form, 'last', m.units_range_wrong()) }) };
	}
	const { supabase, locale } = event.locals;
	const asking = { client: supabase, unit: placeOf(event).unit.id, locale };
	const { refusal, place, decides } = await unitsOfPoint(asking, form);
	if (refusal) return { refusal };
	const { scope_line, ...values } = common.data;
	const scope = Object.values(scope_line).some(Boolean) ? { scope_line } : {};
	const items = range.map((n) => ({
		...values,
		...scope,
		default_deciding_unit_id: decides,
		labels: {
			vi: numbered(labels_vi, n),
			zh: numbered(labels_zh, n),
			en: numbered(labels_en, n)
		}
	}));
	return { place, items };
}

export const actions: Actions = {
	preview: async (event) => {
		const form = await event.request.formData();
		const { refusal, items } = await described(event, form);
		if (refusal) return refusal;
		return {
			back: { values: typedValues(form), problems: {} as Record<string, string> },
			preview: items.map(({ labels }) => labels)
		};
	},
	add: async (event) => {
		const form = await event.request.formData();
		const { refusal, place, items } = await described(event, form);
		if (refusal) return refusal;
		try {
			await points.addPoints(event.locals.supabase, place, items);
		} catch (failure) {
			return refused(failure, form);
		}
		const asked = { done: 'many', count: items.length };
		redirect(303, setupHref('/setup/points', placeQuery(event), asked));
	}
};
