import type { Actions, PageServerLoad, RequestEvent } from './$types';
import { formatCount, formatNumber } from '$lib/i18n/numbers';
import { inLocale } from '$lib/i18n/localised';
import { placeOf, placeQuery } from '$lib/members/place.server';
import { roleLabel } from '$lib/members/roles';
import * as archive from '$lib/protection/archive.server';
import { dayOf } from '$lib/protection/days';
import { refusedOr } from '$lib/protection/refused-action.server';

/** How does an organisation take along all it owns, and how far is it? */
export const load: PageServerLoad = async (event) => {
	const { supabase, locale } = event.locals;
	const place = placeOf(event);
	const { request, mayAsk } = await archive.read(supabase, place.unit.id);
	return {
		query: placeQuery(event),
		organisation: inLocale(place.organisation.names, locale),
		mayAsk,
		request: request && {
			...request,
			askedOn: dayOf(request.askedAt, locale),
			untilDay: dayOf(request.until, locale),
			// Who is still missing: the other of the two roles.
			otherRole: roleLabel(request.askedRole === 'leader' ? 'administrator' : 'leader'),
			megabytes: formatNumber(request.bytes / 1024 / 1024, 1, locale),
			rowCount: formatCount(request.rows, locale),
			done: formatCount(request.progress, locale),
			percent:
				request.progressOf && request.progressOf > 0
					? Math.min(99, Math.floor((request.progress / request.progressOf) * 100))
					: 0
		}
	};
};

const requestOf = async (event: RequestEvent) =>
	String((await event.request.formData()).get('request') ?? '');

export const actions: Actions = {
	ask: (event) =>
		refusedOr(async () => ({
			key: await archive.ask(event.locals.supabase, placeOf(event).organisation.id)
		})),
	confirm: async (event) => {
		const id = await requestOf(event);
		return refusedOr(() => archive.confirm(event.locals.supabase, id));
	},
	withdraw: async (event) => {
		const id = await requestOf(event);
		return refusedOr(() => archive.withdraw(event.locals.supabase, id));
	}
};
