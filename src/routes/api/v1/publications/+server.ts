/** GET /api/v1/publications: what was published when, each revision, with the digest of its scores. */
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
import { chosenPublications } from '$lib/open-data/open-data.server';
import { readScoresQuery } from '$lib/open-data/query';

const NAMES = ['organisation', 'unit', 'period', 'revision'];

export const GET = async (event: RequestEvent): Promise<Response> => {
	const { searchParams } = event.url;
	for (const parameter of searchParams.keys()) {
		if (!NAMES.includes(parameter)) {
			return problem(422, 'unknown_parameter', { parameter: parameter.slice(0, 40) });
		}
	}
	const query = readScoresQuery(searchParams);
	if ('error' in query) return problem(422, query.error, query);
	try {
		const asked = searchParams.has('revision') ? query : { ...query, revision: 'all' as const };
		const items = await chosenPublications(asked);
		const etag = tagOf(items);
		const same = unchanged(event.request, etag);
		if (same) return same;
		const wait = await limits.meet(addressOf(event));
		if (wait > 0) return problem(429, 'too_many_requests', { wait });
		return json({ items }, { headers: headersOf(etag) });
	} catch (failure) {
		return refused(failure);
	}
};

export const OPTIONS = preflight;
