import type { Actions, PageServerLoad } from './$types';
import { noteChoices, readNote, saveNote } from '$lib/feedback/comments/note-form.server';
import * as notes from '$lib/feedback/comments/notes.server';
import { placeOf, placeQuery } from '$lib/members/place.server';

/** A "Việc cần sửa" to look at and change. */
export const load: PageServerLoad = async (event) => {
	const place = placeOf(event);
	const note = await readNote(notes.readImprovement(event.locals.supabase, event.params.note));
	return {
		query: placeQuery(event),
		mayWrite: place.roles.some((role) => role === 'officer' || role === 'leader'),
		choices: await noteChoices(event, place.unit.id),
		note
	};
};

export const actions: Actions = {
	default: (event) => saveNote(event, 'mend', placeQuery(event), event.params.note)
};
