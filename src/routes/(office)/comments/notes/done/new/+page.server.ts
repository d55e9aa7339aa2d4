import type { Actions, PageServerLoad } from './$types';
import { noteChoices, readNote, saveNote } from '$lib/feedback/comments/note-form.server';
import * as notes from '$lib/feedback/comments/notes.server';
import { placeOf, placeQuery } from '$lib/members/place.server';

/** A new "Chúng tôi đã làm", from a "Việc cần sửa" where the address names one. */
export const load: PageServerLoad = async (event) => {
	const place = placeOf(event);
	const from = event.url.searchParams.get('from');
	const today = new Date().toLocaleDateString('sv', { timeZone: 'Asia/Ho_Chi_Minh' });
	const source = from
		? await readNote(notes.readImprovement(event.locals.supabase, from))
		: undefined;
	return {
		query: placeQuery(event),
		choices: await noteChoices(event, place.unit.id),
		improvement: source?.id,
		note: {
			text: source?.title ?? '',
			doneOn: today,
			subject: source?.subject ?? null,
			unit: source?.unit ?? place.unit
		}
	};
};

export const actions: Actions = {
	default: (event) => saveNote(event, 'done', placeQuery(event))
};
