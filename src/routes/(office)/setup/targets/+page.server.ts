import { fail, redirect } from '@sveltejs/kit';
import { z } from 'zod';
import type { Actions, PageServerLoad } from './$types';
import { refused } from '$lib/compare/refusal.server';
import { LEVEL, levelText, permilleOf, periodOptions, TARGETED } from '$lib/compare/target-form';
import { listTargets, putTarget, removeTarget, targetCard } from '$lib/compare/targets.server';
import { changedLines } from '$lib/forms/changed-meanwhile';
import { recordNow } from '$lib/forms/changed-meanwhile.server';
import { parseForm, typedValues } from '$lib/forms/parse-form';
import { inLocale } from '$lib/i18n/localised';
import { m } from '$lib/i18n/paraglide/messages.js';
import { mayOpen } from '$lib/members/pages';
import { placeOf, placeQuery } from '$lib/members/place.server';
import { dimensionName } from '$lib/transparency/words';
import { periodName } from '$lib/transparency/period-label';

/** Which satisfaction is aimed at here, and who set it? */
export const load: PageServerLoad = async (event) => {
	const { supabase, locale } = event.locals;
	const found = await listTargets(supabase, placeOf(event).unit.id);
	const rows = found.targets.map(({ unit, dimension, period, permille, ...rest }) => ({
		...rest,
		unitId: unit.id,
		unit: inLocale(unit.names, locale),
		dimension,
		dimensionName: dimensionName(dimension),
		period,
		periodName: periodName(period, locale),
		level: levelText(permille, locale)
	}));
	const edit = event.url.searchParams.get('edit');
	return {
		query: placeQuery(event),
		hasSetup: mayOpen('/setup', placeOf(event).roles),
		done: event.url.searchParams.get('done'),
		mayChange: found.mayChange,
		rows,
		edited: rows.find(({ id, mayChange }) => id === edit && mayChange) ?? null,
		units: found.units.map(({ id, names, depth }) => ({
			value: id,
			label: `${'– '.repeat(depth)}${inLocale(names, locale)}`
		})),
		periods: periodOptions(found.year, locale)
	};
};

const schema = () =>
	z.object({
		target: z.uuid().optional(),
		revision: z.coerce.number().int().optional(),
		unitId: z.uuid(m.targets_choose()),
		dimension: z.enum(TARGETED, m.targets_choose()),
		period: z.string().min(1, m.targets_choose()),
		level: z
			.string()
			.trim()
			.regex(LEVEL, m.targets_level_wrong())
			.refine((text) => permilleOf(text) >= 1 && permilleOf(text) <= 1000, m.targets_level_wrong()),
		source: z.string().trim().max(200, m.targets_source_long())
	});

export const actions: Actions = {
	save: async (event) => {
		const form = await event.request.formData();
		const parsed = parseForm(schema(), form);
		if (!parsed.ok) return fail(422, { back: parsed.state });
		const { target, revision = 0, unitId, level, ...values } = parsed.data;
		try {
			await putTarget(
				event.locals.supabase,
				unitId,
				{ ...values, permille: permilleOf(level) },
				target ? { id: target, revision } : undefined
			);
		} catch (failure) {
			const now = recordNow(failure, targetCard);
			if (!now) return refused(failure, form);
			const lines = changedLines([
				{
					label: m.targets_level(),
					mine: level,
					now: levelText(now.permille, event.locals.locale)
				},
				{ label: m.targets_source(), mine: values.source, now: now.source }
			]);
			const back = {
				values: { ...typedValues(form), revision: String(now.revision) },
				problems: {}
			};
			return fail(409, { back, changed: lines });
		}
		const query = placeQuery(event);
		redirect(303, `/setup/targets${query}${query ? '&' : '?'}done=saved`);
	},
	remove: async (event) => {
		const form = await event.request.formData();
		try {
			await removeTarget(event.locals.supabase, String(form.get('target')));
		} catch (failure) {
			return refused(failure, form);
		}
		const query = placeQuery(event);
		redirect(303, `/setup/targets${query}${query ? '&' : '?'}done=removed`);
	}
};
