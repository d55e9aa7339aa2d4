// Numbers for a Prometheus on the same machine (docs/operations.md). For everybody else there is no such page.

import { dev } from '$app/environment';
import { error } from '@sveltejs/kit';
import { env } from '$lib/server/env';
import { metricsText } from '$lib/server/metrics';
import { mayScrape } from '$lib/server/scraper';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ request, platform, getClientAddress }) => {
	// The other end of the connection itself: with ADDRESS_HEADER Kit would read what the client wrote.
	const address = platform?.req?.socket.remoteAddress ?? (dev ? getClientAddress() : '');
	if (!mayScrape(request.headers, address, env().METRICS_TOKEN)) error(404);
	const { type, text } = await metricsText();
	return new Response(text, { headers: { 'content-type': type, 'cache-control': 'no-store' } });
};
