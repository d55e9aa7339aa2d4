/**
 * How the open data answers: headers for everybody's browser and caches, errors as a key with a sentence,
 * "nothing has changed", and the limit met. Must not know: what the data is.
 */
import { createHash } from 'node:crypto';
import { json, type RequestEvent } from '@sveltejs/kit';
import { m } from '$lib/i18n/paraglide/messages.js';
import { addressOf } from '$lib/server/client-address';
import { DatabaseError } from '$lib/server/errors';
import { limits } from './limits.server';
import type { QueryProblem } from './query';

/** Anybody's page may read it: nothing here depends on who asks. */
const FOR_EVERYBODY = {
	'access-control-allow-origin': '*',
	'access-control-expose-headers': 'etag, link, retry-after'
};
/** Fresh for five minutes, then asked again with the ETag. */
const CACHE = 'public, max-age=300';

export type ProblemKey =
	| QueryProblem['error']
	| 'unknown_organisation'
	| 'unknown_unit'
	| 'not_acceptable'
	| 'too_many_requests'
	| 'busy';

const SENTENCES: Record<ProblemKey, (inputs: { parameter: string }) => string> = {
	unknown_parameter: m.hall_data_unknown_parameter,
	impossible_id: m.hall_data_impossible_id,
	impossible_period: m.hall_data_impossible_period,
	impossible_revision: m.hall_data_impossible_revision,
	unknown_measure: m.hall_data_unknown_measure,
	unknown_formula: m.hall_data_unknown_formula,
	unknown_format: m.hall_data_unknown_format,
	impossible_limit: m.hall_data_impossible_limit,
	impossible_after: m.hall_data_impossible_after,
	unknown_organisation: () => m.hall_data_unknown_organisation(),
	unknown_unit: () => m.hall_data_unknown_unit(),
	not_acceptable: () => m.hall_data_not_acceptable(),
	too_many_requests: () => m.hall_data_too_many(),
	busy: () => m.hall_data_busy()
};

/** `{ "error": key, "message": sentence }`, with the name of the wrong parameter where there is one. */
export function problem(
	status: number,
	error: ProblemKey,
	{ parameter, wait }: { parameter?: string; wait?: number } = {}
): Response {
	const message = SENTENCES[error]({ parameter: parameter ?? '' });
	return json(
		{ error, message, ...(parameter && { parameter }) },
		{
			status,
			headers: {
				...FOR_EVERYBODY,
				'cache-control': 'no-store',
				...(wait && { 'retry-after': String(wait) })
			}
		}
	);
}

/** What SQL refused as an answer; everything else is passed on to the hook that logs it. */
function refused(failure: unknown): Response {
	if (failure instanceof DatabaseError) {
		if (failure.key === 'unknown_organisation') return problem(404, failure.key);
		if (failure.key === 'unknown_unit') return problem(404, failure.key);
		if (failure.status === 503) return problem(503, 'busy', { wait: 15 });
	}
	throw failure;
}

/** A tag of everything that an answer is made of. Weak: the body may travel packed. */
export const tagOf = (parts: unknown): string =>
	`W/"${createHash('sha256').update(JSON.stringify(parts)).digest('base64url').slice(0, 27)}"`;

/** 304 when the caller holds this tag already, otherwise undefined. */
export function unchanged(request: Request, etag: string): Response | undefined {
	const held = request.headers.get('if-none-match');
	if (!held) return undefined;
	const bare = (tag: string) => tag.trim().replace(/^W\//, '');
	const isHeld = held.trim() === '*' || held.split(',').some((tag) => bare(tag) === bare(etag));
	return isHeld
		? new Response(null, {
				status: 304,
				headers: { ...FOR_EVERYBODY, etag, 'cache-control': CACHE, vary: 'accept' }
			})
		: undefined;
}

/** Headers of an answer with this tag. */
export const headersOf = (
	etag: string,
	more: Record<string, string> = {}
): Record<string, string> => ({
	...FOR_EVERYBODY,
	etag,
	'cache-control': CACHE,
	vary: 'accept',
	...more
});

/** What was found: everything that makes one answer another than before, and the answer itself. */
interface Found {
	tagged: unknown;
	write: (etag: string) => Response | Promise<Response>;
}

/**
 * Finds, and answers: nothing has changed (not counted), too many requests, the answer, or what SQL refused.
 * @param find runs before the limit is met, so that the tag is known; the work belongs into `write`
 */
export async function answered(event: RequestEvent, find: () => Promise<Found>): Promise<Response> {
	try {
		const { tagged, write } = await find();
		const etag = tagOf(tagged);
		const same = unchanged(event.request, etag);
		if (same) return same;
		const wait = await limits.meet(addressOf(event));
		if (wait > 0) return problem(429, 'too_many_requests', { wait });
		return await write(etag);
	} catch (failure) {
		return refused(failure);
	}
}

/** What a browser asks before it reads from another site. */
export const preflight = (): Response =>
	new Response(null, {
		status: 204,
		headers: {
			...FOR_EVERYBODY,
			'access-control-allow-methods': 'GET, HEAD, OPTIONS',
			'access-control-allow-headers': 'if-none-match',
			'access-control-max-age': '86400'
		}
	});
