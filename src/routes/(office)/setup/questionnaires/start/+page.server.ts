import { fail, redirect } from '@sveltejs/kit';
import { z } from 'zod';
import type { Actions, PageServerLoad } from './$types';
import { parseForm } from '$lib/forms/parse-form';
import { inLocale } from '$lib/i18n/localised';
import { m } from '$lib/i18n/paraglide/messages.js';
import { placeOf, placeQuery } from '$lib/members/place.server';
import { STARTS, startFrom, type Start } from '$lib/questionnaire/draft';
import { openVersion, refused } from '$lib/questionnaire/editing.server';
import * as questionnaires from '$lib/questionnaire/questionnaires.server';
import { startWords } from '$lib/questionnaire/words';

/** A form to start from, or the id of a version to copy. */
const isKnown = (from: string) => isStart(from) || z.uuid().safeParse(from).success;
const isStart = (from: string): from is Start => (STARTS as readonly string[]).includes(from);

export const load: PageServerLoad = async (event) => {
	const { supabase, locale } = event.locals;
	const found = await questionnaires.readAll(supabase, placeOf(event).unit.id);
	return {
		query: placeQuery(event),
		mayMake: found.mayMake,
		starts: [
			...STARTS.map((value) => ({ value: value as string, ...startWords(value) })),
			// Or a copy of what the organisation has published itself.
			...found.questionnaires.flatMap(({ names, versions }) => {
				const newest = versions.find(({ publishedOn }) => publishedOn !== null);
				if (!newest) return [];
				const label = m.questionnaires_start_copy({ name: inLocale(names, locale) });
				const line = m.questionnaires_start_copy_line({ number: newest.number });
				return [{ value: newest.id, label, line }];
			})
		]
	};
};

export const actions: Actions = {
	default: async (event) => {
		const form = await event.request.formData();
		const schema = z.object({
			from: z
				.string(m.questionnaires_start_missing())
				.refine(isKnown, m.questionnaires_start_missing()),
			name: z.string().trim().max(120, m.questionnaires_name_long())
		});
		const parsed = parseForm(schema, form);
		if (!parsed.ok) return fail(422, { back: parsed.state });
		const { from, name } = parsed.data;
		const { supabase } = event.locals;
		let made: string;
		try {
			const begun = isStart(from)
				? startFrom(from)
				: { definition: (await openVersion(supabase, from)).definition, names: { vi: '' } };
			const names = name ? { vi: name } : begun.names;
			made = await questionnaires.start(supabase, placeOf(event).unit.id, names, begun.definition);
		} catch (failure) {
			return refused(failure, form, 'name');
		}
		redirect(303, `/setup/questionnaires/version/${made}${placeQuery(event)}`);
	}
};
