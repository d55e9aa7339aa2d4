/**
 * The rendered form of a point, kept between two requests: all who open it get the same page but for
 * their ticket, and drawing it anew was three quarters of what an answer cost the server.
 * Owns: which pages may be shared and how long. Must not know: what is in them.
 * The memory follows the survey object: when that changes (5 s at most), the page is drawn again.
 */
import type { Handle } from '@sveltejs/kit';
import { publicOrigin } from '$lib/server/env';
import { freshTicket } from './receive.server';
import { canonicalToken } from './token';
import * as surveys from './survey.server';

interface Page {
	survey: surveys.Survey;
	beforeTicket: Buffer;
	afterTicket: Buffer;
	headers: [string, string][];
}

const FORM_ROUTE = '/(citizen)/s/[token=token]';
const TICKET = /name="ticket" value="([^"]+)"/;
/** The Host header is part of the key, and anybody may send any: the memory stays small. */
const MAX_PAGES = 500;
const pages = new Map<string, Page>();

/** The page round its ticket; undefined for what is no form (a refusal, a redirect). */
async function split(response: Response, survey: surveys.Survey): Promise<Page | undefined> {
	if (response.status !== 200) return undefined;
	const html = await response.clone().text();
	const [before, after, ...others] = html.split(TICKET.exec(html)?.[1] ?? html);
	if (!before || !after || others.length > 0) return undefined;
	return {
		survey,
		beforeTicket: Buffer.from(before),
		afterTicket: Buffer.from(after),
		headers: [...response.headers].filter(([name]) => !/^(etag|content-length)$/.test(name))
	};
}

/** Answers GET of a form from memory where the memory is right, and learns from the others. */
export const rememberForms: Handle = async ({ event, resolve }) => {
	const isForm = event.route.id === FORM_ROUTE && !event.isDataRequest;
	const token = isForm && event.request.method === 'GET' ? event.params.token : undefined;
	if (!token || canonicalToken(token) !== token) return resolve(event);
	const survey = await surveys.open(token).catch(() => undefined);
	if (!survey) return resolve(event);

	const key = `${token} ${event.locals.locale} ${publicOrigin(event)}`;
	const known = pages.get(key);
	if (known?.survey === survey) {
		const ticket = Buffer.from(freshTicket(survey));
		const body = Buffer.concat([known.beforeTicket, ticket, known.afterTicket]);
		const headers = new Headers(known.headers);
		headers.set('content-length', String(body.length));
		return new Response(body, { headers });
	}
	const response = await resolve(event);
	const page = await split(response, survey);
	if (pages.size >= MAX_PAGES) pages.clear();
	if (page) pages.set(key, page);
	return response;
};
