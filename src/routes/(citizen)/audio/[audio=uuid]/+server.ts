import { error } from '@sveltejs/kit';
import type { RequestHandler } from './$types';
import { DatabaseError } from '$lib/server/errors';
import { anonymousClient } from '$lib/server/supabase';
import { byteRange } from '$lib/questionnaire/byte-range';
import { readAudio } from '$lib/questionnaire/audio.server';

/** A recording of a question: never changed under its address, so a phone asks once. */
export const GET: RequestHandler = async ({ params, request }) => {
	const audio = await readAudio(anonymousClient(), params.audio).catch((failure: unknown) => {
		if (failure instanceof DatabaseError && failure.status < 500) error(404, { message: '404' });
		throw failure;
	});
	const headers = new Headers({
		'content-type': audio.mediaType,
		'cache-control': 'public, max-age=31536000, immutable',
		'accept-ranges': 'bytes'
	});
	const range = byteRange(request.headers.get('range'), audio.content.length);
	// Safari plays nothing without ranges.
	if (!range) {
		headers.set('content-length', String(audio.content.length));
		return new Response(audio.content, { headers });
	}
	const [first, last] = range;
	headers.set('content-range', `bytes ${first}-${last}/${audio.content.length}`);
	headers.set('content-length', String(last - first + 1));
	return new Response(audio.content.subarray(first, last + 1), { status: 206, headers });
};
