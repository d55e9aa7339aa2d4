import { fail, redirect } from '@sveltejs/kit';
import { z } from 'zod';
import type { Actions, PageServerLoad } from './$types';
import { parseForm, withProblem } from '$lib/forms/parse-form';
import { inLocale, type Localised } from '$lib/i18n/localised';
import { m } from '$lib/i18n/paraglide/messages.js';
import { placeQuery } from '$lib/members/place.server';
import { endingShape, todayHere } from '$lib/units/ending-form';
import { setupHref } from '$lib/units/links';
import { orErrorPage, refused } from '$lib/units/refusal.server';
import * as units from '$lib/units/units.server';

/** Parts that a form offers; a unit is seldom split into more. */
const PARTS = [0, 1, 2, 3];

export const load: PageServerLoad = async (event) => {
	const { supabase, locale } = event.locals;
	const unit = await orErrorPage(units.readUnit(supabase, event.params.unit));
	const names = (things: { id: string; names: Localised }[]) =>
		things.map(({ id, names }) => ({ id, name: inLocale(names, locale) }));
	return {
		query: placeQuery(event),
		today: todayHere(),
		parts: PARTS,
		unit: { id: unit.id, name: inLocale(unit.names, locale), members: unit.members },
		things: [
			{ title: m.units_way_points(), items: names(unit.open_points) },
			{ title: m.units_way_units(), items: names(unit.open_units) },
			{ title: m.units_way_groups(), items: names(unit.decides) }
		].filter(({ items }) => items.length > 0)
	};
};

export const actions: Actions = {
	default: async (event) => {
		const form = await event.request.formData();
		const parsed = parseForm(z.object(endingShape()), form);
		if (!parsed.ok) return fail(422, { back: parsed.state });
		const typed = PARTS.map((part) => String(form.get(`part_${part}`) ?? '').trim());
		const filled = PARTS.filter((part) => typed[part]);
		if (filled.length < 2) {
			return fail(422, {
				back: withProblem(form, `part_${filled[0] === 0 ? 1 : 0}`, m.units_split_two())
			});
		}
		const places: Record<string, number> = {};
		for (const [field, value] of form) {
			const place = filled.indexOf(Number(value));
			if (field.startsWith('to_') && value !== '' && place >= 0) places[field.slice(3)] = place;
		}
		const parts = filled.map((part) => ({ names: { vi: typed[part] ?? '' } }));
		try {
			await units.splitUnit(event.locals.supabase, event.params.unit, parts, places, parsed.data);
		} catch (failure) {
			return refused(failure, form);
		}
		redirect(
			303,
			setupHref(`/setup/units/${event.params.unit}`, placeQuery(event), { done: 'split' })
		);
	}
};
