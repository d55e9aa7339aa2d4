import { redirect, type RequestEvent } from '@sveltejs/kit';
import type { Actions, PageServerLoad } from './$types';
import { refusedForm } from '$lib/forms/refused.server';
import { formatDate } from '$lib/i18n/dates';
import { inLocale } from '$lib/i18n/localised';
import { placeOf, placeQuery } from '$lib/members/place.server';
import { publishRefusal, refusePage } from '$lib/publish/refusals';
import * as publishing from '$lib/publish/publishing.server';
import { periodInSentence, periodLabel } from '$lib/transparency/period-label';
import { buildResultPage } from '$lib/transparency/result-page';

/** What would everybody see? */
export const load: PageServerLoad = async (event) => {
	const { supabase, locale } = event.locals;
	const place = placeOf(event);
	const preview = await publishing
		.preview(supabase, place.organisation.id, event.params.period)
		.catch(refusePage);
	const { results, latest, ...rest } = preview;
	return {
		...rest,
		query: placeQuery(event),
		organisation: inLocale(place.organisation.names, locale),
		latest: latest && { revision: latest.revision, day: formatDate(latest.publishedOn, locale) },
		period: results.period ? periodInSentence(results.period.code, locale) : '',
		label: results.period ? periodLabel(results.period, locale) : '',
		result: buildResultPage(results, null, 'top2', locale)
	};
};

export const actions: Actions = {
	default: async (event) => {
		const form = await event.request.formData();
		const given = (name: string) => String(form.get(name) ?? '');
		const { organisation } = placeOf(event);
		try {
			await publishing.publish(event.locals.supabase, organisation.id, event.params.period, {
				seen: given('seen'),
				reason: given('reason')
			});
		} catch (failure) {
			return refusedForm(failure, form, ({ key }) => {
				const isReason = key === 'reason_missing' || key === 'text_too_long';
				return { field: isReason ? 'reason' : 'form', sentence: publishRefusal(key) };
			});
		}
		redirect(303, listHref(event));
	}
};

function listHref(event: RequestEvent): string {
	const query = placeQuery(event);
	const { period = '' } = event.params;
	return `/publish${query}${query ? '&' : '?'}year=${period.slice(0, 4)}&done=${period}`;
}
