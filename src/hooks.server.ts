/**
 * Every request passes here: locale, origin, who is at an office page (`passGate`), security headers,
 * compression, error id, its count for /metrics; nothing else.
 * (The size of a citizen's form is checked where it is read, `readForm`, so that the refusal is a
 * page in the reader's language.)
 */
import { sequence } from '@sveltejs/kit/hooks';
import type { Handle, HandleServerError, ServerInit } from '@sveltejs/kit';
import { chooseLocale, HTML_LANG } from '$lib/i18n/locale';
import { inRequestLocale } from '$lib/i18n/request-locale.server';
import { m } from '$lib/i18n/paraglide/messages.js';
import { passGate } from '$lib/members/gate.server';
import { forStaff } from '$lib/members/staff-routes.server';
import { compress } from '$lib/server/compress';
import { env, isBehindTls, publicOrigin } from '$lib/server/env';
import { DatabaseError } from '$lib/server/errors';
import { describeError, log } from '$lib/server/log';
import { observeRequest } from '$lib/server/metrics';
import { isCitizenRoute, isFramedRoute, mayPost } from '$lib/server/origin';
import { secureHeaders } from '$lib/server/security-headers';
import { rememberPages } from '$lib/survey/page-memory.server';

export const init: ServerInit = () => {
	env();
};

/** Times the whole of every request for /metrics. */
const counted: Handle = async ({ event, resolve }) => {
	const began = performance.now();
	const response = await resolve(event);
	observeRequest(event.route.id, event.request.method, response.status, performance.now() - began);
	return response;
};

const front: Handle = async ({ event, resolve }) => {
	const staff = forStaff(event);
	const locale = chooseLocale(
		event.url.searchParams.get('lang') ?? staff?.language ?? null,
		event.request.headers.get('accept-language')
	);
	event.locals.locale = locale;

	// A client that takes anything must get the page with its status, not Kit's JSON for scripts:
	// citizens have no script, and what comes back is their receipt.
	if (isCitizenRoute(event.route.id)) event.request.headers.set('accept', 'text/html');

	const host = new URL(publicOrigin(event)).host;
	const response = mayPost(event.request, event.route.id, host)
		? await inRequestLocale(
				locale,
				async () =>
					(staff?.isOffice ? await passGate(event) : undefined) ??
					resolve(event, {
						transformPageChunk: ({ html }) => html.replace('%app.lang%', HTML_LANG[locale])
					})
			)
		: new Response('Cross-site form submissions are refused', { status: 403 });

	secureHeaders(response.headers, isBehindTls(), isFramedRoute(event.route.id));
	response.headers.append('vary', 'accept-language');
	if (staff) response.headers.set('cache-control', 'private, no-store');
	return compress(event.request, response);
};

export const handle = sequence(counted, front, rememberPages);

export const handleError: HandleServerError = ({ error, event, status }) => {
	// Kit asks for 404 and 405 too; nothing failed then, and the path may hold anything.
	if (status < 500) return { message: String(status) };
	const id = crypto.randomUUID().slice(0, 8);
	const away = error instanceof DatabaseError && error.status === 503;
	log.error({ id, status, route: event.route.id, ...describeError(error) }, 'request failed');
	return { message: away ? m.error_busy_open() : m.error_unexpected(), id };
};
