import type { PageServerLoad } from './$types';
import { formatDate } from '$lib/i18n/dates';
import { inLocale } from '$lib/i18n/localised';
import { stateName, subjectName } from '$lib/feedback/comments/comment-words';
import * as notes from '$lib/feedback/comments/notes.server';
import { placeOf, placeQuery } from '$lib/members/place.server';

/** What is to be mended, and what was done. */
export const load: PageServerLoad = async (event) => {
	const { supabase, locale } = event.locals;
	const place = placeOf(event);
	const { improvements, done } = await notes.list(supabase, place.unit.id);
	return {
		unit: inLocale(place.unit.names, locale),
		query: placeQuery(event),
		mayWrite: place.roles.some((role) => role === 'officer' || role === 'leader'),
		saved: event.url.searchParams.has('saved'),
		improvements: improvements.map((note) => ({
			id: note.id,
			title: note.title,
			about: note.subject && subjectName(note.subject, locale),
			unit: inLocale(note.unit.names, locale),
			owner: note.owner?.name ?? null,
			due: note.dueOn && formatDate(note.dueOn, locale),
			isLate: note.isLate,
			state: stateName(note.state),
			isOver: note.state === 'done' || note.state === 'dropped'
		})),
		done: done.map((note) => ({
			id: note.id,
			text: note.text,
			about: note.subject && subjectName(note.subject, locale),
			unit: inLocale(note.unit.names, locale),
			day: formatDate(note.doneOn, locale),
			isPublished: note.isPublished
		}))
	};
};
