import { fail } from '@sveltejs/kit';
import type { Actions, PageServerLoad, RequestEvent } from './$types';
import * as webhook from '$lib/feedback/webhook.server';
import { withProblem } from '$lib/forms/parse-form';
import { formatDate } from '$lib/i18n/dates';
import { m } from '$lib/i18n/paraglide/messages.js';
import { placeOf, placeQuery } from '$lib/members/place.server';
import { env } from '$lib/server/env';
import { DatabaseError } from '$lib/server/errors';
import { problemOf } from '$lib/server/webhook-address';

/** Only the place that is the whole organisation has one. */
function organisationOf(event: RequestEvent): string | undefined {
	const { unit, organisation } = placeOf(event);
	return unit.id === organisation.id ? organisation.id : undefined;
}

/** Which other system is told what is new? */
export const load: PageServerLoad = async (event) => {
	const organisation = organisationOf(event);
	const found = organisation
		? await webhook.readWebhook(event.locals.supabase, organisation)
		: null;
	return {
		isWhole: Boolean(organisation),
		query: placeQuery(event).replace('?', '&'),
		webhook: found && {
			url: found.url,
			lastError: found.lastError,
			answeredOn: found.answeredOn && formatDate(found.answeredOn, event.locals.locale)
		}
	};
};

const PROBLEMS = {
	no_address: m.webhook_no_address,
	not_https: m.webhook_not_https,
	private: m.webhook_private
};

export const actions: Actions = {
	save: async (event) => {
		const form = await event.request.formData();
		const url = String(form.get('url') ?? '').trim();
		const problem = problemOf(url, env().WEBHOOK_PRIVATE_HOSTS === 'on');
		if (problem) return fail(422, { back: withProblem(form, 'url', PROBLEMS[problem]()) });
		const organisation = organisationOf(event);
		if (!organisation) {
			return fail(403, { back: withProblem(form, 'form', m.webhook_root_only()) });
		}
		try {
			return { secret: await webhook.setWebhook(event.locals.supabase, organisation, url) };
		} catch (failure) {
			if (!(failure instanceof DatabaseError) || failure.key !== 'impossible_url') throw failure;
			return fail(422, { back: withProblem(form, 'url', m.webhook_no_address()) });
		}
	},
	remove: async (event) => {
		const organisation = organisationOf(event);
		if (organisation) await webhook.removeWebhook(event.locals.supabase, organisation);
		return { removed: true };
	}
};
