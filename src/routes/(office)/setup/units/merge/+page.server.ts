import { fail, redirect } from '@sveltejs/kit';
import { z } from 'zod';
import type { Actions, PageServerLoad } from './$types';
import { uuidIn } from '$lib/forms/is-uuid';
import { parseForm, withProblem } from '$lib/forms/parse-form';
import { inLocale } from '$lib/i18n/localised';
import { m } from '$lib/i18n/paraglide/messages.js';
import { placeOf, placeQuery } from '$lib/members/place.server';
import { endingShape, todayHere } from '$lib/units/ending-form';
import { unitKindOptions } from '$lib/units/kinds';
import { setupHref } from '$lib/units/links';
import { orErrorPage, refused } from '$lib/units/refusal.server';
import { chosenUnit, unitChoice } from '$lib/units/unit-choice.server';
import { unitSchema } from '$lib/units/unit-form';
import * as units from '$lib/units/units.server';

/** Units that a form merges at once; more are merged in a second step. */
const FIELDS = ['unit_1', 'unit_2', 'unit_3', 'unit_4'];

export const load: PageServerLoad = async (event) => {
	const { supabase, locale } = event.locals;
	const unit = placeOf(event).unit.id;
	const asked = uuidIn(event.url, 'unit_1');
	const [choice, first] = await Promise.all([
		unitChoice({ client: supabase, unit, locale }),
		asked ? orErrorPage(units.readUnit(supabase, asked)) : null
	]);
	return {
		query: placeQuery(event),
		today: todayHere(),
		choice,
		fields: FIELDS,
		first: first && { id: first.id, label: inLocale(first.names, locale) },
		kinds: unitKindOptions()
	};
};

export const actions: Actions = {
	default: async (event) => {
		const { supabase, locale } = event.locals;
		const asking = { client: supabase, unit: placeOf(event).unit.id, locale };
		const form = await event.request.formData();
		const into = z.object({ into: z.enum(['open', 'new'], m.units_merge_into_missing()) });
		const parsed = parseForm(into.extend(endingShape()), form);
		if (!parsed.ok) return fail(422, { back: parsed.state });
		const { on, reason } = parsed.data;

		const merged: string[] = [];
		for (const field of FIELDS) {
			if (!String(form.get(field) ?? '').trim()) continue;
			const chosen = await chosenUnit(asking, form, field);
			if (!chosen.ok) return fail(422, { back: withProblem(form, field, chosen.problem) });
			merged.push(chosen.id);
		}
		const isNew = parsed.data.into === 'new';
		const home = await chosenUnit(asking, form, isNew ? 'parent' : 'successor');
		if (!home.ok) {
			return fail(422, { back: withProblem(form, isNew ? 'parent' : 'successor', home.problem) });
		}
		const named = isNew ? parseForm(unitSchema(), form) : null;
		if (named && !named.ok) return fail(422, { back: named.state });
		let successor: string;
		try {
			successor = await units.mergeUnits(
				supabase,
				merged,
				named ? { ...named.data, parent_id: home.id } : { successor_id: home.id },
				{ on, reason }
			);
		} catch (failure) {
			return refused(failure, form);
		}
		redirect(303, setupHref(`/setup/units/${successor}`, placeQuery(event), { done: 'merged' }));
	}
};
