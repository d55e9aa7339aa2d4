/** GET /api/v1/publications: what was published when, each revision, with the digest of its scores. */
import { json, type RequestEvent } from '@sveltejs/kit';
import { answered, headersOf, preflight, problem } from '$lib/open-data/answers.server';
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
	const asked = searchParams.has('revision') ? query : { ...query, revision: 'all' as const };
	return answered(event, async () => {
		const items = await chosenPublications(asked);
		return { tagged: items, write: (etag) => json({ items }, { headers: headersOf(etag) }) };
	});
};

export const OPTIONS = preflight;
