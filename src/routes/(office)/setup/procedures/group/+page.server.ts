import { fail, redirect } from '@sveltejs/kit';
import type { Actions, PageServerLoad } from './$types';
import { recordNow } from '$lib/forms/changed-meanwhile.server';
import { uuidIn } from '$lib/forms/is-uuid';
import { parseForm, typedValues, withProblem } from '$lib/forms/parse-form';
import { inLocale } from '$lib/i18n/localised';
import { placeOf, placeQuery } from '$lib/members/place.server';
import { setupHref } from '$lib/units/links';
import { groupChanges, groupSchema } from '$lib/units/procedure-form';
import * as procedures from '$lib/units/procedures.server';
import { orErrorPage, refused } from '$lib/units/refusal.server';
import { chosenUnit, unitChoice } from '$lib/units/unit-choice.server';

const idOf = (url: URL) => uuidIn(url, 'id');

export const load: PageServerLoad = async (event) => {
	const { supabase, locale } = event.locals;
	const place = placeOf(event);
	const id = idOf(event.url);
	const [choice, group] = await Promise.all([
		unitChoice({ client: supabase, unit: place.unit.id, locale }),
		id ? orErrorPage(procedures.readGroup(supabase, id)) : null
	]);
	const unit = group?.unit ?? place.unit;
	return {
		query: placeQuery(event),
		choice,
		group,
		decides: { id: unit.id, label: inLocale(unit.names, locale) }
	};
};

export const actions: Actions = {
	save: async (event) => {
		const { supabase, locale } = event.locals;
		const id = idOf(event.url);
		const form = await event.request.formData();
		const parsed = parseForm(groupSchema(), form);
		if (!parsed.ok) return fail(422, { back: parsed.state });
		const asking = { client: supabase, unit: placeOf(event).unit.id, locale };
		const unit = await chosenUnit(asking, form, 'decides');
		if (!unit.ok) return fail(422, { back: withProblem(form, 'decides', unit.problem) });
		try {
			const values = { ...parsed.data, deciding_unit_id: unit.id };
			await procedures.saveGroup(supabase, id, values, id ? Number(form.get('seen')) : null);
		} catch (failure) {
			const now = recordNow(failure, procedures.groupCard);
			if (!now) return refused(failure, form);
			const values = { ...typedValues(form), seen: String(now.revision) };
			const changed = groupChanges(parsed.data, now);
			return fail(409, { back: { values, problems: {} as Record<string, string> }, changed });
		}
		redirect(303, setupHref('/setup/procedures', placeQuery(event), { done: 'saved' }));
	},
	remove: async (event) => {
		const form = await event.request.formData();
		try {
			await procedures.removeGroup(event.locals.supabase, idOf(event.url) ?? '');
		} catch (failure) {
			return refused(failure, form, 'form');
		}
		redirect(303, setupHref('/setup/procedures', placeQuery(event), { done: 'removed' }));
	}
};
