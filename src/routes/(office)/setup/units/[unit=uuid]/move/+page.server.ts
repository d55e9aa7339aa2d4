import { fail, redirect } from '@sveltejs/kit';
import type { Actions, PageServerLoad } from './$types';
import { recordNow } from '$lib/forms/changed-meanwhile.server';
import { typedValues, withProblem } from '$lib/forms/parse-form';
import { inLocale } from '$lib/i18n/localised';
import { m } from '$lib/i18n/paraglide/messages.js';
import { placeOf, placeQuery } from '$lib/members/place.server';
import { setupHref } from '$lib/units/links';
import { orErrorPage, refused } from '$lib/units/refusal.server';
import { chosenUnit, unitChoice } from '$lib/units/unit-choice.server';
import * as units from '$lib/units/units.server';

export const load: PageServerLoad = async (event) => {
	const { supabase, locale } = event.locals;
	const place = placeOf(event);
	const [unit, choice] = await Promise.all([
		orErrorPage(units.readUnit(supabase, event.params.unit)),
		unitChoice({ client: supabase, unit: place.unit.id, locale })
	]);
	return {
		query: placeQuery(event),
		choice,
		unit: { id: unit.id, name: inLocale(unit.names, locale), revision: unit.revision },
		parent: unit.parent && { id: unit.parent.id, label: inLocale(unit.parent.names, locale) }
	};
};

export const actions: Actions = {
	default: async (event) => {
		const { supabase, locale } = event.locals;
		const { unit } = event.params;
		const form = await event.request.formData();
		const asking = { client: supabase, unit: placeOf(event).unit.id, locale };
		const parent = await chosenUnit(asking, form, 'parent');
		if (!parent.ok) return fail(422, { back: withProblem(form, 'parent', parent.problem) });
		try {
			await units.moveUnit(supabase, unit, parent.id, Number(form.get('seen')));
		} catch (failure) {
			const now = recordNow(failure, units.unitCard);
			if (!now) return refused(failure, form, 'parent');
			const values = { ...typedValues(form), seen: String(now.revision) };
			const line = {
				label: m.units_parent(),
				mine: inLocale((await units.readUnit(supabase, parent.id)).names, locale),
				now: now.parent ? inLocale(now.parent.names, locale) : ''
			};
			const changed = line.mine === line.now ? [] : [line];
			return fail(409, { back: { values, problems: {} }, changed });
		}
		redirect(303, setupHref(`/setup/units/${unit}`, placeQuery(event), { done: 'moved' }));
	}
};
