// Numbers for a Prometheus on the same machine (docs/operations.md). For everybody else there is no such page.

import { error } from '@sveltejs/kit';
import { env } from '$lib/server/env';
import { metricsText } from '$lib/server/metrics';
import { mayScrape } from '$lib/server/scraper';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ request, getClientAddress }) => {
	if (!mayScrape(request.headers, getClientAddress(), env().METRICS_TOKEN)) error(404);
	const { type, text } = await metricsText();
	return new Response(text, { headers: { 'content-type': type, 'cache-control': 'no-store' } });
};
