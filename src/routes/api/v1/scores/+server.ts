/** GET /api/v1/scores: published scores as JSON, a page at a time, or whole as CSV; docs/open-data.md. */
import { json, type RequestEvent } from '@sveltejs/kit';
import { acceptedEncoding } from '$lib/server/compress';
import { answered, headersOf, preflight, problem } from '$lib/open-data/answers.server';
import { FILE_WAIT, limits } from '$lib/open-data/limits.server';
import { chosenPublications, readScores, scoresCsv } from '$lib/open-data/open-data.server';
import type { PublicationRow } from '$lib/open-data/open-cells';
import { cursorOf, formatOf, readScoresQuery, type ScoresQuery } from '$lib/open-data/query';

export const GET = async (event: RequestEvent): Promise<Response> => {
	const { request, url } = event;
	const query = readScoresQuery(url.searchParams);
	if ('error' in query) return problem(422, query.error, query);
	const format = formatOf(url.searchParams, request.headers.get('accept'));
	if (format === null) return problem(422, 'unknown_format', { parameter: 'format' });
	if (!format) return problem(406, 'not_acceptable');
	for (const name of ['limit', 'after']) {
		// A file comes whole: whoever asks for a part of it means something else.
		if (format === 'csv' && url.searchParams.has(name)) {
			return problem(422, 'unknown_parameter', { parameter: name });
		}
	}
	return answered(event, async () => {
		const publications = await chosenPublications(query);
		return {
			tagged: [format, query, publications.map(({ id }) => id)],
			write: (etag) =>
				format === 'csv'
					? file(request, publications, query, etag)
					: page(url, publications, query, etag)
		};
	});
};

export const OPTIONS = preflight;

async function page(
	url: URL,
	publications: PublicationRow[],
	query: ScoresQuery,
	etag: string
): Promise<Response> {
	const { scores, next } = await readScores(publications, query);
	const more = new URL(url);
	if (next) more.searchParams.set('after', cursorOf(next));
	const link = next ? more.pathname + more.search : null;
	return json(
		{ items: scores, next: link },
		{ headers: headersOf(etag, link ? { link: `<${link}>; rel="next"` } : {}) }
	);
}

function file(
	request: Request,
	publications: PublicationRow[],
	query: ScoresQuery,
	etag: string
): Response {
	const headers = headersOf(etag, {
		'content-type': 'text/csv; charset=utf-8; header=present',
		'content-disposition': 'attachment; filename="scores.csv"'
	});
	if (request.method === 'HEAD') return new Response(null, { headers });
	const close = limits.openFile();
	if (!close) return problem(503, 'busy', { wait: FILE_WAIT });
	const body = scoresCsv(publications, query, close);
	// Packed here, piece by piece: the hook that packs pages would hold the whole file.
	headers.vary = 'accept, accept-encoding';
	if (!acceptedEncoding(request.headers.get('accept-encoding'))) {
		return new Response(body, { headers });
	}
	headers['content-encoding'] = 'gzip';
	return new Response(body.pipeThrough(gzip()) as BodyInit, { headers });
}

/** The platform's own packer; its type names wider input than it is given. */
const gzip = () =>
	new CompressionStream('gzip') as unknown as ReadableWritablePair<Uint8Array, Uint8Array>;
