import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { error } from '@sveltejs/kit';
import type { RequestHandler } from './$types';
import { m } from '$lib/i18n/paraglide/messages.js';
import * as archive from '$lib/protection/archive.server';
import { refusal } from '$lib/protection/refusal-sentence';
import { archivePath } from '$lib/server/archive-place';
import { DatabaseError } from '$lib/server/errors';

/** Hands the archive out. A POST, so that no browser fetches ahead what is logged as taken. */
export const POST: RequestHandler = async ({ locals, params }) => {
	const path = archivePath(process.env.DATA_DIR ?? '.data', params.request);
	const size = await stat(path).then(
		(found) => found.size,
		() => undefined
	);
	const { made } = await archive.open(locals.supabase, params.request).catch((failure: unknown) => {
		const known = failure instanceof DatabaseError ? refusal(failure.key) : undefined;
		if (known && failure instanceof DatabaseError) {
			error(failure.status, { message: known.sentence });
		}
		throw failure;
	});
	// Made on another machine, or before the disk was restored.
	if (size === undefined) error(503, { message: m.archive_not_here() });
	return new Response(Readable.toWeb(createReadStream(path)) as ReadableStream, {
		headers: {
			'content-type': 'application/octet-stream',
			'content-length': String(size),
			'content-disposition': `attachment; filename="lang-nghe-${made}.tar.gz.age"`,
			'cache-control': 'no-store'
		}
	});
};
