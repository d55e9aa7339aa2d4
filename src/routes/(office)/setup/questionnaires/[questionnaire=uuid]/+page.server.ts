import { fail, redirect } from '@sveltejs/kit';
import { z } from 'zod';
import type { Actions, PageServerLoad } from './$types';
import { parseForm } from '$lib/forms/parse-form';
import { formatDate } from '$lib/i18n/dates';
import { inLocale } from '$lib/i18n/localised';
import { m } from '$lib/i18n/paraglide/messages.js';
import { placeQuery } from '$lib/members/place.server';
import { opened, refused } from '$lib/questionnaire/editing.server';
import * as questionnaires from '$lib/questionnaire/questionnaires.server';

export const load: PageServerLoad = async (event) => {
	const { supabase, locale } = event.locals;
	const { id, names, revision, versions, points, chosenUnits } = await opened(
		questionnaires.read(supabase, event.params.questionnaire)
	);
	const asked = event.url.searchParams;
	return {
		query: placeQuery(event),
		...{ id, points, chosenUnits, revision },
		name: inLocale(names, locale),
		names: { vi: names.vi, zh: names.zh ?? '', en: names.en ?? '' },
		versions: versions.map(({ id, number, publishedOn, items }) => ({
			...{ id, number, items },
			on: publishedOn && formatDate(publishedOn, locale)
		})),
		done: asked.get('done'),
		newPoints: Number(asked.get('points') ?? 0) || 0
	};
};

const schema = () =>
	z.object({
		name_vi: z
			.string()
			.trim()
			.min(1, m.questionnaires_name_missing())
			.max(120, m.questionnaires_name_long()),
		name_zh: z.string().trim().max(120, m.questionnaires_name_long()),
		name_en: z.string().trim().max(120, m.questionnaires_name_long()),
		revision: z.coerce.number().int()
	});

export const actions: Actions = {
	rename: async (event) => {
		const form = await event.request.formData();
		const parsed = parseForm(schema(), form);
		if (!parsed.ok) return fail(422, { back: parsed.state });
		const { name_vi, name_zh, name_en, revision } = parsed.data;
		const { supabase } = event.locals;
		const { questionnaire } = event.params;
		const names = { vi: name_vi, zh: name_zh || null, en: name_en || null };
		try {
			await questionnaires.rename(supabase, questionnaire, names, revision);
		} catch (failure) {
			return refused(failure, form);
		}
		const query = placeQuery(event);
		redirect(303, `/setup/questionnaires/${questionnaire}${query}${query ? '&' : '?'}done=name`);
	},
	next: async (event) => {
		const { supabase } = event.locals;
		const draft = await opened(questionnaires.startVersion(supabase, event.params.questionnaire));
		redirect(303, `/setup/questionnaires/version/${draft}${placeQuery(event)}`);
	}
};
