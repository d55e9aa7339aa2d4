import type { Actions, PageServerLoad } from './$types';
import * as comments from '$lib/feedback/comments/comments.server';
import { noteChoices, readNote, saveNote } from '$lib/feedback/comments/note-form.server';
import { placeOf, placeQuery } from '$lib/members/place.server';

/** A new "Việc cần sửa", from a comment where the address names one. */
export const load: PageServerLoad = async (event) => {
	const place = placeOf(event);
	const from = event.url.searchParams.get('comment');
	return {
		query: placeQuery(event),
		choices: await noteChoices(event, place.unit.id),
		comment: from ? await readNote(comments.read(event.locals.supabase, from)) : null
	};
};

export const actions: Actions = {
	default: (event) => saveNote(event, 'mend', placeQuery(event))
};
