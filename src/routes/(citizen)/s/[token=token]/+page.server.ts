import { error, fail, redirect } from '@sveltejs/kit';
import { m } from '$lib/i18n/paraglide/messages.js';
import { BodyTooLargeError, MalformedBodyError } from '$lib/server/form-body';
import { DatabaseError } from '$lib/server/errors';
import { addressOf } from '$lib/server/client-address';
import { freshTicket, receivePosted } from '$lib/survey/receive.server';
import { refuse, RETRY_AFTER_SECONDS } from '$lib/survey/refusal.server';
import * as surveys from '$lib/survey/survey.server';
import { canonicalToken } from '$lib/survey/token';

function tokenOf(typed: string): string {
	return canonicalToken(typed) ?? error(404, { message: m.error_form_not_found() });
}

export const load = async ({ params, request, url, setHeaders }) => {
	const token = tokenOf(params.token);
	const isTyped = token !== params.token;
	if (isTyped && request.method !== 'POST') redirect(308, `/s/${token}${url.search}`);
	// Not "no-store": going back must bring back what was typed.
	setHeaders({ 'cache-control': 'private, no-cache' });
	try {
		const survey = await surveys.open(token);
		return { survey, ticket: freshTicket(survey) };
	} catch (cause) {
		const isAway = cause instanceof DatabaseError && cause.status === 503;
		// The action has kept what was typed: the page shows that instead of the form.
		if (isAway && request.method === 'POST') return { survey: null, ticket: null };
		refuse(cause, setHeaders);
	}
};

/** Throws the page for what stopped a form before it could be read, or as a whole. */
function refuseForm(cause: unknown, setHeaders: (headers: Record<string, string>) => void): never {
	if (cause instanceof BodyTooLargeError) error(413, { message: m.error_body_too_large() });
	if (cause instanceof MalformedBodyError) error(422, { message: m.error_method() });
	return refuse(cause, setHeaders);
}

export const actions = {
	default: async (event) => {
		const { params, request, locals, url, setHeaders } = event;
		const token = tokenOf(params.token);
		const posted = locals.posted ?? receivePosted(request, token, locals.locale, addressOf(event));
		const outcome = await posted.catch((cause: unknown) => refuseForm(cause, setHeaders));
		if (outcome.outcome === 'untouched') redirect(303, `/s/${token}${url.search}`);
		if (!('status' in outcome) || outcome.status === 200) return outcome;
		if (outcome.status === 503) {
			const known = 'retryAfter' in outcome ? outcome.retryAfter : undefined;
			setHeaders({ 'retry-after': String(known ?? RETRY_AFTER_SECONDS) });
		}
		return fail(outcome.status, outcome);
	}
};
