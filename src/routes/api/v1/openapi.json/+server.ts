/** GET /api/v1/openapi.json: the description of the public API. */
import { json, type RequestEvent } from '@sveltejs/kit';
import { headersOf, preflight, tagOf, unchanged } from '$lib/open-data/answers.server';
import { openApi } from '$lib/open-data/openapi';
import { publicOrigin } from '$lib/server/env';

export const GET = (event: RequestEvent): Response => {
	const description = openApi(publicOrigin(event));
	const etag = tagOf(description);
	return unchanged(event.request, etag) ?? json(description, { headers: headersOf(etag) });
};

export const OPTIONS = preflight;
