import { fail, redirect } from '@sveltejs/kit';
import type { Actions, PageServerLoad } from './$types';
import { uuidIn } from '$lib/forms/is-uuid';
import { parseForm, withProblem } from '$lib/forms/parse-form';
import { placeOf, placeQuery } from '$lib/members/place.server';
import { unitKindOptions } from '$lib/units/kinds';
import { setupHref } from '$lib/units/links';
import { orErrorPage, refused } from '$lib/units/refusal.server';
import { chosenUnit, unitChoice } from '$lib/units/unit-choice.server';
import { unitSchema } from '$lib/units/unit-form';
import * as units from '$lib/units/units.server';
import { inLocale } from '$lib/i18n/localised';

export const load: PageServerLoad = async (event) => {
	const { supabase, locale } = event.locals;
	const place = placeOf(event);
	const parentId = uuidIn(event.url, 'parent') ?? place.unit.id;
	const [choice, parent] = await Promise.all([
		unitChoice({ client: supabase, unit: place.unit.id, locale }),
		orErrorPage(units.readUnit(supabase, parentId))
	]);
	return {
		query: placeQuery(event),
		choice,
		parent: { id: parent.id, label: inLocale(parent.names, locale) },
		added: event.url.searchParams.get('done') === 'added',
		kinds: unitKindOptions()
	};
};

export const actions: Actions = {
	default: async (event) => {
		const { supabase, locale } = event.locals;
		const place = placeOf(event);
		const form = await event.request.formData();
		const parsed = parseForm(unitSchema(), form);
		if (!parsed.ok) return fail(422, { back: parsed.state });
		const asking = { client: supabase, unit: place.unit.id, locale };
		const parent = await chosenUnit(asking, form, 'parent');
		if (!parent.ok) return fail(422, { back: withProblem(form, 'parent', parent.problem) });
		try {
			await units.addUnit(supabase, parent.id, parsed.data);
		} catch (failure) {
			return refused(failure, form);
		}
		const isMore = form.get('then') === 'more';
		const query = placeQuery(event);
		redirect(
			303,
			isMore
				? setupHref('/setup/units/new', query, { parent: parent.id, done: 'added' })
				: setupHref('/setup/units', query, { done: 'added' })
		);
	}
};
