import { fail, redirect } from '@sveltejs/kit';
import type { Actions, PageServerLoad } from './$types';
import { formatDate } from '$lib/i18n/dates';
import { m } from '$lib/i18n/paraglide/messages.js';
import { placeOf, placeQuery } from '$lib/members/place.server';
import { inspectOutline } from '$lib/reports/outline/inspect.server';
import { putOutline, readOutline, removeOutline } from '$lib/reports/outline/outline.server';
import { OutlineRefused } from '$lib/reports/outline/package.server';
import { PLACEHOLDERS } from '$lib/reports/outline/placeholders';
import { problemWords } from '$lib/reports/outline/problem-words';
import { refused } from '$lib/reports/refusal.server';

/** Into which Word file is the section of the CCHC report written? */
export const load: PageServerLoad = async (event) => {
	const { supabase, locale } = event.locals;
	const { outline, mayChange } = await readOutline(supabase, placeOf(event).unit.id, true);
	const inside = outline?.file ? await inspectOutline(outline.file).catch(() => null) : null;
	return {
		query: placeQuery(event),
		done: event.url.searchParams.get('done'),
		mayChange,
		outline: outline && {
			name: outline.name,
			day: formatDate(outline.uploadedOn, locale),
			known: inside?.known ?? [],
			unknown: inside?.unknown ?? []
		},
		placeholders: PLACEHOLDERS.map(({ key, kind, about }) => ({
			text: `{{${key}}}`,
			kind,
			about: about()
		}))
	};
};

export const actions: Actions = {
	upload: async (event) => {
		const form = await event.request.formData();
		const file = form.get('file');
		const wrong = (status: number, sentence: string) =>
			fail(status, { back: { values: {}, problems: { file: sentence } } });
		if (!(file instanceof File) || file.size === 0) return wrong(422, m.reports_outline_choose());
		const bytes = Buffer.from(await file.arrayBuffer());
		try {
			await inspectOutline(bytes);
			await putOutline(
				event.locals.supabase,
				placeOf(event).organisation.id,
				file.name.slice(-200),
				bytes
			);
		} catch (failure) {
			if (failure instanceof OutlineRefused) return wrong(422, problemWords(failure.problem));
			return refused(failure, form);
		}
		const query = placeQuery(event);
		redirect(303, `/reports/outline${query}${query ? '&' : '?'}done=saved`);
	},
	remove: async (event) => {
		const form = await event.request.formData();
		try {
			await removeOutline(event.locals.supabase, placeOf(event).organisation.id);
		} catch (failure) {
			return refused(failure, form);
		}
		const query = placeQuery(event);
		redirect(303, `/reports/outline${query}${query ? '&' : '?'}done=removed`);
	}
};
