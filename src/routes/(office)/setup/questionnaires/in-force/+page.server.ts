import { fail, redirect } from '@sveltejs/kit';
import { z } from 'zod';
import type { Actions, PageServerLoad } from './$types';
import { parseForm } from '$lib/forms/parse-form';
import { inLocale } from '$lib/i18n/localised';
import { m } from '$lib/i18n/paraglide/messages.js';
import { placeOf, placeQuery } from '$lib/members/place.server';
import { opened, refused } from '$lib/questionnaire/editing.server';
import { choose, PAGE_SIZE, readPlace } from '$lib/questionnaire/in-force.server';

export const load: PageServerLoad = async (event) => {
	const { locals, url } = event;
	const { supabase, locale } = locals;
	const wanted = z.uuid().safeParse(url.searchParams.get('at'));
	const at = wanted.success ? wanted.data : placeOf(event).unit.id;
	const search = (url.searchParams.get('q') ?? '').slice(0, 100);
	const offset = Math.max(0, Number.parseInt(url.searchParams.get('from') ?? '0', 10) || 0);
	const found = await opened(readPlace(supabase, at, search, offset));
	const nameOf = (id: string | null) => {
		const known = found.questionnaires.find((one) => one.id === id);
		return known ? inLocale(known.names, locale) : '';
	};
	const named = ({ id, names }: { id: string; names: { vi: string } }) => ({
		id,
		name: inLocale(names, locale)
	});
	return {
		query: placeQuery(event),
		...{ search, offset, pageSize: PAGE_SIZE },
		done: url.searchParams.get('done'),
		unit: named(found.unit),
		path: found.path.map(named),
		own: found.own,
		inForce: nameOf(found.inForce),
		from: found.from && named(found.from),
		isInherited: found.own === null,
		isRoot: found.unit.id === placeOf(event).organisation.id,
		questionnaires: found.questionnaires.map(({ id, names, number }) => ({
			id,
			label: m.questionnaires_choice({ name: inLocale(names, locale), number })
		})),
		unitsTotal: found.unitsTotal,
		units: found.units.map((unit) => ({
			...named(unit),
			own: unit.own,
			inForce: nameOf(unit.in_force)
		})),
		pointsTotal: found.pointsTotal,
		points: found.points.map(({ id, labels, unit, own, in_force }) => ({
			...{ id, own },
			name: inLocale(labels, locale),
			unit: inLocale(unit, locale),
			inForce: nameOf(in_force)
		}))
	};
};

export const actions: Actions = {
	default: async (event) => {
		const form = await event.request.formData();
		const schema = z.object({
			unit: z.uuid().optional(),
			point: z.uuid().optional(),
			questionnaire: z.uuid().or(z.literal(''))
		});
		const parsed = parseForm(schema, form);
		if (!parsed.ok) return fail(422, { back: parsed.state });
		const { unit, point, questionnaire } = parsed.data;
		const at = point ? { point } : { unit: unit ?? '' };
		try {
			await choose(event.locals.supabase, at, questionnaire || null);
		} catch (failure) {
			return refused(failure, form);
		}
		const search = new URLSearchParams(event.url.search);
		search.set('done', '1');
		redirect(303, `?${search}`);
	}
};
