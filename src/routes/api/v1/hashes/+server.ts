/** GET /api/v1/hashes: the chain of daily hashes over everything published, and what each day covers. */
import { json, type RequestEvent } from '@sveltejs/kit';
import { answered, headersOf, preflight, problem } from '$lib/open-data/answers.server';
import { readHashes } from '$lib/open-data/open-data.server';

export const GET = async (event: RequestEvent): Promise<Response> => {
	const unknown = event.url.searchParams.keys().next().value;
	if (unknown) return problem(422, 'unknown_parameter', { parameter: unknown.slice(0, 40) });
	return answered(event, async () => {
		const hashes = await readHashes();
		return {
			tagged: hashes,
			write: (etag) => json({ algorithm: 'SHA-256', ...hashes }, { headers: headersOf(etag) })
		};
	});
};

export const OPTIONS = preflight;
