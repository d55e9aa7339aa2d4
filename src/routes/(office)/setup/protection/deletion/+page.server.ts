import { fail } from '@sveltejs/kit';
import { z } from 'zod';
import type { Actions, PageServerLoad, RequestEvent } from './$types';
import { parseForm } from '$lib/forms/parse-form';
import { inLocale } from '$lib/i18n/localised';
import { formatCount } from '$lib/i18n/numbers';
import { m } from '$lib/i18n/paraglide/messages.js';
import { placeOf, placeQuery } from '$lib/members/place.server';
import { roleLabel } from '$lib/members/roles';
import { dayOf } from '$lib/protection/days';
import * as deletion from '$lib/protection/deletion.server';
import { refusedOr } from '$lib/protection/refused-action.server';

/** How is an organisation deleted, and how far is it? */
export const load: PageServerLoad = async (event) => {
	const { supabase, locale } = event.locals;
	const place = placeOf(event);
	const found = await deletion.read(supabase, place.unit.id);
	const { request } = found;
	return {
		query: placeQuery(event),
		organisation: inLocale(place.organisation.names, locale),
		mayAsk: found.mayAsk,
		downloadedOn: found.archiveDownloadedAt && dayOf(found.archiveDownloadedAt, locale),
		openCases: found.openCases > 0 ? formatCount(found.openCases, locale) : '',
		request: request && {
			...request,
			askedOn: dayOf(request.askedAt, locale),
			untilDay: dayOf(request.until, locale),
			runOn: request.runAfter && dayOf(request.runAfter, locale),
			otherRole: roleLabel(request.askedRole === 'leader' ? 'administrator' : 'leader')
		}
	};
};

/** The name of the organisation must be typed: nobody deletes by a slip of the finger. */
async function sure(event: RequestEvent) {
	const form = await event.request.formData();
	const { vi } = placeOf(event).organisation.names;
	const shown = inLocale(placeOf(event).organisation.names, event.locals.locale);
	const names = [vi, shown].map((name) => name.normalize('NFC'));
	const schema = z.object({
		name: z
			.string()
			.transform((typed) => typed.trim().normalize('NFC'))
			.refine((typed) => names.includes(typed), m.deletion_name_wrong())
	});
	return { form, parsed: parseForm(schema, form) };
}

export const actions: Actions = {
	ask: async (event) => {
		const { parsed } = await sure(event);
		if (!parsed.ok) return fail(422, { back: parsed.state });
		return refusedOr(() => deletion.ask(event.locals.supabase, placeOf(event).organisation.id));
	},
	confirm: async (event) => {
		const { form, parsed } = await sure(event);
		if (!parsed.ok) return fail(422, { back: parsed.state });
		return refusedOr(() => deletion.confirm(event.locals.supabase, String(form.get('request'))));
	},
	stop: async (event) => {
		const id = String((await event.request.formData()).get('request') ?? '');
		return refusedOr(() => deletion.stop(event.locals.supabase, id));
	}
};
