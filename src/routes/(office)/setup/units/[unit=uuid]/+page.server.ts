import { fail, redirect } from '@sveltejs/kit';
import type { Actions, PageServerLoad, RequestEvent } from './$types';
import { recordNow } from '$lib/forms/changed-meanwhile.server';
import { parseForm, typedValues } from '$lib/forms/parse-form';
import { formatDate } from '$lib/i18n/dates';
import { inLocale, type Localised } from '$lib/i18n/localised';
import { placeQuery } from '$lib/members/place.server';
import { unitKindLabel, unitKindOptions } from '$lib/units/kinds';
import { setupHref } from '$lib/units/links';
import { orErrorPage, refused } from '$lib/units/refusal.server';
import { unitChanges, unitSchema } from '$lib/units/unit-form';
import * as units from '$lib/units/units.server';

export const load: PageServerLoad = async (event) => {
	const { supabase, locale } = event.locals;
	const unit = await orErrorPage(units.readUnit(supabase, event.params.unit));
	const name = ({ id, names }: { id: string; names: Localised }) => ({
		id,
		name: inLocale(names, locale)
	});
	return {
		query: placeQuery(event),
		done: event.url.searchParams.get('done'),
		kinds: unitKindOptions(),
		unit: {
			...name(unit),
			names: unit.names,
			kind: unit.kind,
			kindLabel: unitKindLabel(unit.kind),
			code: unit.code,
			sort: unit.sort,
			revision: unit.revision,
			isRoot: unit.is_root,
			parent: unit.parent && name(unit.parent),
			until: unit.valid_to && formatDate(unit.valid_to, locale),
			closedReason: unit.closed_reason,
			hasAnswers: unit.has_answers,
			isRemovable: unit.removable,
			points: unit.open_points.length,
			predecessors: unit.predecessors.map(name),
			successors: unit.successors.map(name)
		}
	};
};

/** Does the work and leads to the page that says so. */
async function change(event: RequestEvent, work: () => Promise<void>, to: string, done: string) {
	const form = await event.request.formData();
	try {
		await work();
	} catch (failure) {
		return refused(failure, form, 'form');
	}
	redirect(303, setupHref(to, placeQuery(event), { done }));
}

export const actions: Actions = {
	save: async (event) => {
		const { supabase } = event.locals;
		const { unit } = event.params;
		const form = await event.request.formData();
		const parsed = parseForm(unitSchema(), form);
		if (!parsed.ok) return fail(422, { back: parsed.state });
		try {
			await units.changeUnit(supabase, unit, parsed.data, Number(form.get('seen')));
		} catch (failure) {
			const now = recordNow(failure, units.unitCard);
			if (!now) return refused(failure, form);
			const values = { ...typedValues(form), seen: String(now.revision) };
			return fail(409, { back: { values, problems: {} }, changed: unitChanges(parsed.data, now) });
		}
		redirect(303, setupHref(`/setup/units/${unit}`, placeQuery(event), { done: 'saved' }));
	},
	reopen: (event) => {
		const { unit } = event.params;
		const work = () => units.reopenUnit(event.locals.supabase, unit);
		return change(event, work, `/setup/units/${unit}`, 'reopened');
	},
	remove: (event) => {
		const work = () => units.removeUnit(event.locals.supabase, event.params.unit);
		return change(event, work, '/setup/units', 'removed');
	}
};
