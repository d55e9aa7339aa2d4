import { redirect } from '@sveltejs/kit';
import type { Actions, PageServerLoad } from './$types';
import { formatDate } from '$lib/i18n/dates';
import { inLocale } from '$lib/i18n/localised';
import { subjectName } from '$lib/feedback/comments/comment-words';
import {
	noteChoices,
	readNote,
	refuseNote,
	saveNote
} from '$lib/feedback/comments/note-form.server';
import * as notes from '$lib/feedback/comments/notes.server';
import { placeOf, placeQuery } from '$lib/members/place.server';

/** A "Chúng tôi đã làm": read, change, and for leaders publish. */
export const load: PageServerLoad = async (event) => {
	const { supabase, locale } = event.locals;
	const place = placeOf(event);
	const { note, mayPublish } = await readNote(notes.readDone(supabase, event.params.note));
	return {
		query: placeQuery(event),
		mayWrite: place.roles.some((role) => role === 'officer' || role === 'leader'),
		mayPublish,
		choices: await noteChoices(event, place.unit.id),
		note,
		facts: [
			inLocale(note.unit.names, locale),
			formatDate(note.doneOn, locale),
			note.subject ? subjectName(note.subject, locale) : ''
		]
	};
};

export const actions: Actions = {
	save: (event) => saveNote(event, 'done', placeQuery(event), event.params.note),
	publish: async (event) => {
		const form = await event.request.formData();
		const known = { id: event.params.note, seen: Number(form.get('seen')) };
		try {
			await notes.publish(event.locals.supabase, known, form.get('publish') === 'yes');
		} catch (failure) {
			return refuseNote(event, form, failure);
		}
		const query = placeQuery(event);
		redirect(303, `/comments/notes${query}${query ? '&' : '?'}saved=done`);
	}
};
