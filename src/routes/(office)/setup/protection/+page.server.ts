import type { PageServerLoad } from './$types';
import { formatDate } from '$lib/i18n/dates';
import { inLocale } from '$lib/i18n/localised';
import { formatCount } from '$lib/i18n/numbers';
import { placeOf, placeQuery } from '$lib/members/place.server';
import { kinds } from '$lib/protection/kinds';
import { removedWords } from '$lib/protection/removed-words';
import * as protection from '$lib/protection/settings.server';

/** What does this organisation keep, why, for how long? */
export const load: PageServerLoad = async (event) => {
	const { supabase, locale } = event.locals;
	const place = placeOf(event);
	const { settings, stored, cleared, auditSince, people, mayChange, mayAsk } =
		await protection.read(supabase, place.unit.id);
	const { values } = settings;
	return {
		query: placeQuery(event),
		organisation: inLocale(place.organisation.names, locale),
		done: event.url.searchParams.get('done'),
		mayChange,
		mayAsk,
		stored: {
			responses: formatCount(stored.responses, locale),
			since: stored.since && formatDate(stored.since, locale),
			people: formatCount(people, locale),
			auditSince: auditSince && formatDate(auditSince, locale)
		},
		cleared: cleared && {
			on: formatDate(cleared.on, locale),
			removed: removedWords(cleared.removed, locale)
		},
		values,
		kinds: kinds({
			responses: values.responseMonths,
			comments: values.commentMonths,
			audit: values.auditMonths
		})
	};
};
