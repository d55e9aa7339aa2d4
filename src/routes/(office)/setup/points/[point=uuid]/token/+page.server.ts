import { fail, redirect } from '@sveltejs/kit';
import { z } from 'zod';
import type { Actions, PageServerLoad } from './$types';
import { parseForm } from '$lib/forms/parse-form';
import { inLocale } from '$lib/i18n/localised';
import { m } from '$lib/i18n/paraglide/messages.js';
import { placeQuery } from '$lib/members/place.server';
import { setupHref } from '$lib/units/links';
import * as points from '$lib/units/points.server';
import { orErrorPage, refused } from '$lib/units/refusal.server';

export const load: PageServerLoad = async (event) => {
	const { supabase, locale } = event.locals;
	const point = await orErrorPage(points.readPoint(supabase, event.params.point));
	return {
		query: placeQuery(event),
		point: { id: point.id, token: point.token, label: inLocale(point.labels, locale) },
		unit: inLocale(point.unit.names, locale)
	};
};

const schema = () =>
	z.object({
		reason: z.string().trim().min(1, m.units_reason_missing()).max(500, m.units_too_long()),
		sure: z.literal('yes', m.units_token_sure_missing())
	});

export const actions: Actions = {
	default: async (event) => {
		const { supabase } = event.locals;
		const { point } = event.params;
		const form = await event.request.formData();
		const parsed = parseForm(schema(), form);
		if (!parsed.ok) return fail(422, { back: parsed.state });
		try {
			await points.replaceToken(supabase, point, parsed.data.reason);
		} catch (failure) {
			return refused(failure, form);
		}
		redirect(303, setupHref(`/setup/points/${point}`, placeQuery(event), { done: 'token' }));
	}
};
