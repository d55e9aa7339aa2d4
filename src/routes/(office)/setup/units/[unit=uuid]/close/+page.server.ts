import { fail, redirect } from '@sveltejs/kit';
import { z } from 'zod';
import type { Actions, PageServerLoad } from './$types';
import { recordNow } from '$lib/forms/changed-meanwhile.server';
import { parseForm, typedValues } from '$lib/forms/parse-form';
import { inLocale, type Localised } from '$lib/i18n/localised';
import { placeQuery } from '$lib/members/place.server';
import { endingShape, todayHere } from '$lib/units/ending-form';
import { setupHref } from '$lib/units/links';
import { orErrorPage, refused } from '$lib/units/refusal.server';
import * as units from '$lib/units/units.server';

export const load: PageServerLoad = async (event) => {
	const { supabase, locale } = event.locals;
	const unit = await orErrorPage(units.readUnit(supabase, event.params.unit));
	const names = (things: { id: string; names: Localised }[]) =>
		things.map(({ id, names }) => ({ id, name: inLocale(names, locale) }));
	return {
		query: placeQuery(event),
		today: todayHere(),
		unit: {
			id: unit.id,
			name: inLocale(unit.names, locale),
			revision: unit.revision,
			members: unit.members
		},
		inTheWay: {
			points: names(unit.open_points),
			units: names(unit.open_units),
			groups: names(unit.decides),
			procedures: unit.decided_procedures,
			decidedPoints: names(unit.decided_points)
		}
	};
};

export const actions: Actions = {
	default: async (event) => {
		const { supabase } = event.locals;
		const { unit } = event.params;
		const form = await event.request.formData();
		const parsed = parseForm(z.object(endingShape()), form);
		if (!parsed.ok) return fail(422, { back: parsed.state });
		try {
			await units.closeUnit(supabase, unit, parsed.data, Number(form.get('seen')));
		} catch (failure) {
			const now = recordNow(failure, units.unitCard);
			if (!now) return refused(failure, form);
			const values = { ...typedValues(form), seen: String(now.revision) };
			// Nothing of the unit itself was typed here: the page shows it as it is now.
			return fail(409, { back: { values, problems: {} }, changed: [] });
		}
		redirect(303, setupHref(`/setup/units/${unit}`, placeQuery(event), { done: 'closed' }));
	}
};
