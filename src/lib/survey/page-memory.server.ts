/**
 * Rendered pages of a point kept between requests: all who open its form get the same page but for
 * their ticket, and so do all who are thanked. Drawing them anew cost more than all the rest.
 * Owns: which pages may be shared and how long. Must not know: what is in them.
 * The memory follows the survey object: when that changes (5 s at most), the page is drawn again.
 */
import type { Handle, RequestEvent } from '@sveltejs/kit';
import { publicOrigin } from '$lib/server/env';
import { addressOf } from '$lib/server/client-address';
import { freshTicket, receivePosted } from './receive.server';
import { canonicalToken } from './token';
import * as surveys from './survey.server';

interface Page {
	survey: surveys.Survey;
	beforeTicket: Buffer;
	afterTicket: Buffer;
	headers: [string, string][];
}

/** What is about to be shown, and the ticket it carries. */
interface View {
	name: 'form' | 'recorded' | 'again';
	ticket: string;
}

const FORM_ROUTE = '/(citizen)/s/[token=token]';
const TICKET = /name="ticket" value="([^"]+)"/;
/** The Host header is part of the key, and anybody may send any: the memory stays small. */
const MAX_PAGES = 500;
const pages = new Map<string, Page>();

/** The page round its ticket; undefined for what is no such page (a refusal, a redirect). */
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

function filled(page: Page, ticket: string): Response {
	const body = Buffer.concat([page.beforeTicket, Buffer.from(ticket), page.afterTicket]);
	const headers = new Headers(page.headers);
	headers.set('content-length', String(body.length));
	return new Response(body, { headers });
}

/** Receives a posted form (the action takes the outcome from locals); undefined unless thanked. */
async function thanked(event: RequestEvent, token: string): Promise<View | undefined> {
	// Kit would look for an action of that name: its refusal must come before anything is stored.
	if ([...event.url.searchParams.keys()].some((name) => name.startsWith('/'))) return undefined;
	event.locals.posted = receivePosted(event.request, token, event.locals.locale, addressOf(event));
	const outcome = await event.locals.posted.catch(() => undefined);
	const isThanked = outcome?.outcome === 'recorded' || outcome?.outcome === 'again';
	return isThanked ? { name: outcome.outcome, ticket: outcome.ticket } : undefined;
}

/** Answers with a remembered page where there is the right one, and learns from the others. */
export const rememberPages: Handle = async ({ event, resolve }) => {
	const { method } = event.request;
	const token = event.route.id === FORM_ROUTE ? event.params.token : undefined;
	if (!token || canonicalToken(token) !== token || event.isDataRequest) return resolve(event);
	const survey = await surveys.open(token).catch(() => undefined);
	if (!survey) return resolve(event);

	let view: View | undefined;
	if (method === 'POST') view = await thanked(event, token);
	else if (method === 'GET') view = { name: 'form', ticket: freshTicket(survey) };
	if (!view) return resolve(event);

	const key = [view.name, token, event.locals.locale, publicOrigin(event)].join(' ');
	const known = pages.get(key);
	if (known?.survey === survey) return filled(known, view.ticket);
	const response = await resolve(event);
	const page = await split(response, survey);
	if (pages.size >= MAX_PAGES) pages.clear();
	if (page) pages.set(key, page);
	return response;
};
