import { error, fail, redirect, type RequestEvent } from '@sveltejs/kit';
import { m } from '$lib/i18n/paraglide/messages.js';
import { DatabaseError } from '$lib/server/errors';
import { BodyTooLargeError, MalformedBodyError } from '$lib/server/form-body';
import { canonicalCode } from '$lib/survey/code';
import { freshTicket, receiveWithCode } from '$lib/survey/receive.server';
import { refuse, RETRY_AFTER_SECONDS } from '$lib/survey/refusal.server';
import { readSlipFor, surveyAt, type Slip } from '$lib/survey/slip.server';
import * as surveys from '$lib/survey/survey.server';

function codeOf(typed: string): string {
	const way = { href: '/m', label: m.slip_code_type_again() };
	return canonicalCode(typed) ?? error(404, { message: m.slip_code_unknown(), way });
}

function addressOf(event: Pick<RequestEvent, 'getClientAddress'>): string {
	try {
		return event.getClientAddress();
	} catch {
		return 'unknown';
	}
}

/** A code that opens nothing any more: kindly, with the open form of the same point. */
function refuseSpent(slip: Slip): void {
	const way = { href: `/s/${slip.token}`, label: m.slip_code_open_form() };
	if (slip.state === 'used') error(410, { message: m.slip_code_used(), way });
	if (slip.state === 'expired') error(410, { message: m.slip_code_expired(), way });
}

export const load = async (event) => {
	const { params, request, url, setHeaders } = event;
	const code = codeOf(params.code);
	const isPost = request.method === 'POST';
	if (code !== params.code && !isPost) redirect(308, `/m/${code}${url.search}`);
	setHeaders({ 'cache-control': 'private, no-cache' });
	try {
		const slip = await readSlipFor(addressOf(event), code);
		if ('wait' in slip) {
			setHeaders({ 'retry-after': String(slip.wait * 60) });
			error(429, { message: m.slip_code_too_many({ minutes: slip.wait }) });
		}
		// After a form was sent the code is spent: then the page thanks, or shows what was typed.
		if (!isPost) refuseSpent(slip);
		const open = await surveys.open(slip.token);
		const survey = surveyAt(open, slip.moment);
		return { open, survey, ticket: freshTicket(survey), moment: slip.moment };
	} catch (cause) {
		const isAway = cause instanceof DatabaseError && cause.status === 503;
		if (isAway && isPost) return { open: null, survey: null, ticket: null, moment: null };
		refuse(cause, setHeaders);
	}
};

export const actions = {
	default: async ({ params, request, locals, url, setHeaders }) => {
		const code = codeOf(params.code);
		const outcome = await receiveWithCode(request, code, locals.locale).catch((cause: unknown) => {
			if (cause instanceof BodyTooLargeError) error(413, { message: m.error_body_too_large() });
			if (cause instanceof MalformedBodyError) error(422, { message: m.error_method() });
			return refuse(cause, setHeaders);
		});
		if (outcome.outcome === 'untouched') redirect(303, `/m/${code}${url.search}`);
		if (!('status' in outcome) || outcome.status === 200) return outcome;
		if (outcome.status === 503) setHeaders({ 'retry-after': String(RETRY_AFTER_SECONDS) });
		return fail(outcome.status, outcome);
	}
};
