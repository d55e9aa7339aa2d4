import type { RequestHandler } from './$types';
import { inRequestLocale } from '$lib/i18n/request-locale.server';
import { placeOf } from '$lib/members/place.server';
import { sampleOutline } from '$lib/reports/outline/sample';
import { WORD_TYPE } from '$lib/reports/word-parts';

/** A Word file with every placeholder in its place, to begin from. */
export const GET: RequestHandler = async (event) => {
	placeOf(event);
	const file = await inRequestLocale('vi', sampleOutline);
	return new Response(new Uint8Array(file), {
		headers: {
			'content-type': WORD_TYPE,
			'content-disposition': 'attachment; filename="de-cuong-mau.docx"'
		}
	});
};
