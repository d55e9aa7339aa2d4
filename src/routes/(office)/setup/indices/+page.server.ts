import { fail, redirect } from '@sveltejs/kit';
import { z } from 'zod';
import type { Actions, PageServerLoad } from './$types';
import { keptGoal, putGoal, readGoals, removeGoal } from '$lib/compare/beside.server';
import { refused } from '$lib/compare/refusal.server';
import { changedLines } from '$lib/forms/changed-meanwhile';
import { recordNow } from '$lib/forms/changed-meanwhile.server';
import { parseForm, typedValues } from '$lib/forms/parse-form';
import { m } from '$lib/i18n/paraglide/messages.js';
import { mayOpen } from '$lib/members/pages';
import { placeOf, placeQuery } from '$lib/members/place.server';

/** What was announced about the indices of the province? */
export const load: PageServerLoad = async (event) => {
	const { goals, mayChange } = await readGoals(event.locals.supabase, placeOf(event).unit.id);
	const edit = event.url.searchParams.get('edit');
	return {
		query: placeQuery(event),
		hasSetup: mayOpen('/setup', placeOf(event).roles),
		done: event.url.searchParams.get('done'),
		mayChange,
		goals,
		edited: mayChange ? (goals.find(({ id }) => id === edit) ?? null) : null
	};
};

const schema = () => {
	const text = (most: number) => {
		const sentence = m.goals_wrong_text({ most });
		return z.string().trim().min(1, sentence).max(most, sentence);
	};
	return z.object({
		goal: z.uuid().optional(),
		revision: z.coerce.number().int().optional(),
		index: text(60),
		year: z
			.string()
			.trim()
			.regex(/^20\d\d$/, m.goals_wrong_year()),
		text: text(300),
		source: text(200)
	});
};

export const actions: Actions = {
	save: async (event) => {
		const form = await event.request.formData();
		const parsed = parseForm(schema(), form);
		if (!parsed.ok) return fail(422, { back: parsed.state });
		const { goal, revision = 0, ...values } = parsed.data;
		try {
			await putGoal(
				event.locals.supabase,
				placeOf(event).organisation.id,
				values,
				goal ? { id: goal, revision } : undefined
			);
		} catch (failure) {
			const now = recordNow(failure, keptGoal);
			if (!now) return refused(failure, form);
			const changed = changedLines([
				{ label: m.goals_index(), mine: values.index, now: now.index },
				{ label: m.goals_year(), mine: values.year, now: String(now.year) },
				{ label: m.goals_text(), mine: values.text, now: now.text },
				{ label: m.goals_source(), mine: values.source, now: now.source }
			]);
			const kept = { ...typedValues(form), revision: String(now.revision) };
			return fail(409, { back: { values: kept, problems: {} }, changed });
		}
		const query = placeQuery(event);
		redirect(303, `/setup/indices${query}${query ? '&' : '?'}done=saved`);
	},
	remove: async (event) => {
		const form = await event.request.formData();
		try {
			await removeGoal(
				event.locals.supabase,
				placeOf(event).organisation.id,
				String(form.get('goal'))
			);
		} catch (failure) {
			return refused(failure, form);
		}
		const query = placeQuery(event);
		redirect(303, `/setup/indices${query}${query ? '&' : '?'}done=removed`);
	}
};
