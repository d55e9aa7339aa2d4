import { error } from '@sveltejs/kit';
import type { RequestHandler } from './$types';
import { m } from '$lib/i18n/paraglide/messages.js';
import { placeOf } from '$lib/members/place.server';
import { readOutline } from '$lib/reports/outline/outline.server';
import { WORD_TYPE } from '$lib/reports/word-parts';

/** The organisation's outline as it was uploaded. */
export const GET: RequestHandler = async (event) => {
	const { outline } = await readOutline(event.locals.supabase, placeOf(event).unit.id, true);
	if (!outline?.file) error(404, { message: m.reports_outline_ours() });
	return new Response(new Uint8Array(outline.file), {
		headers: {
			'content-type': WORD_TYPE,
			'content-disposition': 'attachment; filename="de-cuong.docx"'
		}
	});
};
