import { fail, redirect } from '@sveltejs/kit';
import type { Actions, PageServerLoad } from './$types';
import { recordNow } from '$lib/forms/changed-meanwhile.server';
import { uuidIn } from '$lib/forms/is-uuid';
import { parseForm, typedValues, withProblem } from '$lib/forms/parse-form';
import { inLocale } from '$lib/i18n/localised';
import { placeOf, placeQuery } from '$lib/members/place.server';
import { setupHref } from '$lib/units/links';
import { procedureChanges, procedureSchema } from '$lib/units/procedure-form';
import { pointChoicesAt } from '$lib/units/points.server';
import * as procedures from '$lib/units/procedures.server';
import { orErrorPage, refused } from '$lib/units/refusal.server';
import { chosenUnit, unitChoice } from '$lib/units/unit-choice.server';

const idOf = (url: URL) => uuidIn(url, 'id');

export const load: PageServerLoad = async (event) => {
	const { supabase, locale } = event.locals;
	const unit = placeOf(event).unit.id;
	const id = idOf(event.url);
	const [choice, { groups }, procedure] = await Promise.all([
		unitChoice({ client: supabase, unit, locale }),
		orErrorPage(pointChoicesAt(supabase, unit)),
		id ? orErrorPage(procedures.readProcedure(supabase, id)) : null
	]);
	return {
		query: placeQuery(event),
		choice,
		procedure,
		groups: groups.map(({ id, names, unit }) => ({
			value: id,
			label: `${inLocale(names, locale)} (${inLocale(unit, locale)})`
		})),
		decides: procedure && {
			id: procedure.unit.id,
			label: inLocale(procedure.unit.names, locale)
		}
	};
};

export const actions: Actions = {
	save: async (event) => {
		const { supabase, locale } = event.locals;
		const id = idOf(event.url);
		const form = await event.request.formData();
		const parsed = parseForm(procedureSchema(), form);
		if (!parsed.ok) return fail(422, { back: parsed.state });
		const { ref: code, name, group } = parsed.data;
		const asking = { client: supabase, unit: placeOf(event).unit.id, locale };
		const hasUnit = String(form.get('decides') ?? '').trim() !== '';
		const unit = hasUnit ? await chosenUnit(asking, form, 'decides') : null;
		if (unit && !unit.ok) return fail(422, { back: withProblem(form, 'decides', unit.problem) });
		try {
			const values = { code, name, procedure_group_id: group, deciding_unit_id: unit?.id ?? null };
			await procedures.saveProcedure(supabase, id, values, id ? Number(form.get('seen')) : null);
		} catch (failure) {
			const now = recordNow(failure, procedures.procedureCard);
			if (!now) return refused(failure, form);
			const { groups } = await pointChoicesAt(supabase, asking.unit);
			const groupName = (wanted: string) => {
				const found = groups.find(({ id }) => id === wanted);
				return found ? inLocale(found.names, locale) : '';
			};
			const values = { ...typedValues(form), seen: String(now.revision) };
			const changed = procedureChanges(parsed.data, now, groupName);
			return fail(409, { back: { values, problems: {} as Record<string, string> }, changed });
		}
		redirect(303, setupHref('/setup/procedures', placeQuery(event), { done: 'saved' }));
	},
	remove: async (event) => {
		const form = await event.request.formData();
		try {
			await procedures.removeProcedure(event.locals.supabase, idOf(event.url) ?? '');
		} catch (failure) {
			return refused(failure, form, 'form');
		}
		redirect(303, setupHref('/setup/procedures', placeQuery(event), { done: 'removed' }));
	}
};
