/** GET /api/v1/hashes: the chain of daily hashes over everything published, and what each day covers. */
import { json, type RequestEvent } from '@sveltejs/kit';
import {
	headersOf,
	preflight,
	problem,
	refused,
	tagOf,
	unchanged
} from '$lib/open-data/answers.server';
import { addressOf } from '$lib/server/client-address';
import { limits } from '$lib/open-data/limits.server';
import { readHashes } from '$lib/open-data/open-data.server';

export const GET = async (event: RequestEvent): Promise<Response> => {
	const unknown = event.url.searchParams.keys().next().value;
	if (unknown) return problem(422, 'unknown_parameter', { parameter: unknown.slice(0, 40) });
	try {
		const hashes = await readHashes();
		const etag = tagOf(hashes);
		const same = unchanged(event.request, etag);
		if (same) return same;
		const wait = await limits.meet(addressOf(event));
		if (wait > 0) return problem(429, 'too_many_requests', { wait });
		return json({ algorithm: 'SHA-256', ...hashes }, { headers: headersOf(etag) });
	} catch (failure) {
		return refused(failure);
	}
};

export const OPTIONS = preflight;
