import { error, fail } from '@sveltejs/kit';
import { z } from 'zod';
import type { Actions, PageServerLoad } from './$types';
import * as served from '$lib/exchange/served.server';
import { parseForm } from '$lib/forms/parse-form';
import { formatDate } from '$lib/i18n/dates';
import { inLocale } from '$lib/i18n/localised';
import { m } from '$lib/i18n/paraglide/messages.js';
import { placeOf } from '$lib/members/place.server';
import { publicOrigin } from '$lib/server/env';
import { DatabaseError } from '$lib/server/errors';

const schema = () =>
	z.object({
		name: z.string().trim().min(1, m.exchange_token_name_missing()).max(80)
	});

export const load: PageServerLoad = async (event) => {
	const { locale, supabase } = event.locals;
	const place = placeOf(event);
	if (!place.roles.includes('administrator')) error(403, { message: m.office_not_yours() });
	const tokens = await served.listTokens(supabase, place.unit.id);
	return {
		unitId: place.unit.id,
		unit: inLocale(place.unit.names, locale),
		address: `${publicOrigin(event)}/api/v1/served`,
		tokens: tokens.map(({ id, name, unit, made_on, last_used_on }) => ({
			id,
			name,
			unit: inLocale(unit, locale),
			madeOn: formatDate(made_on, locale),
			lastUsedOn: last_used_on && formatDate(last_used_on, locale)
		}))
	};
};

export const actions: Actions = {
	make: async (event) => {
		const parsed = parseForm(schema(), await event.request.formData());
		if (!parsed.ok) return fail(422, { back: parsed.state });
		const { unit } = placeOf(event);
		const made = await served.makeToken(event.locals.supabase, unit.id, parsed.data.name);
		return { made: { name: parsed.data.name, token: made.token } };
	},
	revoke: async ({ locals, request }) => {
		const id = z.uuid().safeParse((await request.formData()).get('token'));
		try {
			if (id.success) await served.revokeToken(locals.supabase, id.data);
		} catch (failure) {
			// Somebody else was quicker: the list shows it.
			if (!(failure instanceof DatabaseError) || failure.status !== 404) throw failure;
		}
		return { revoked: true };
	}
};
