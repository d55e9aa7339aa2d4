import { error, fail, redirect, type RequestEvent } from '@sveltejs/kit';
import { z } from 'zod';
import type { Actions, PageServerLoad } from './$types';
import { fallLine, namesOf } from '$lib/compare/beside';
import { readComparison } from '$lib/compare/comparison.server';
import { keptExplanation, putExplanation } from '$lib/compare/explanations.server';
import { establishedFalls } from '$lib/compare/falls';
import { refused } from '$lib/compare/refusal.server';
import { changedLines } from '$lib/forms/changed-meanwhile';
import { recordNow } from '$lib/forms/changed-meanwhile.server';
import { parseForm, typedValues } from '$lib/forms/parse-form';
import { inLocale } from '$lib/i18n/localised';
import { m } from '$lib/i18n/paraglide/messages.js';
import { placeOf, placeQuery } from '$lib/members/place.server';
import { isMeasure } from '$lib/scoring/attribution';
import { parsePeriod } from '$lib/scoring/period';
import { DatabaseError } from '$lib/server/errors';
import { periodName } from '$lib/transparency/period-label';

const asked = (params: URLSearchParams) => {
	const [unit, measure, period] = ['of', 'measure', 'period'].map((name) => params.get(name) ?? '');
	if (!z.uuid().safeParse(unit).success || !isMeasure(measure!) || !parsePeriod(period!)) {
		error(404, { message: m.falls_none() });
	}
	return { unit: unit!, measure: measure!, period: period! };
};

/** Falls of the person's own subtree: what is established depends on all units that are compared there. */
async function fallOf({ locals, url }: Pick<RequestEvent, 'locals' | 'url'>, place: string) {
	const wanted = asked(url.searchParams);
	const comparison = await readComparison(locals.supabase, {
		...{ unit: place, period: wanted.period, before: null, cross: null }
	}).catch((failure: unknown) => {
		if (failure instanceof DatabaseError && failure.key === 'unknown_period') {
			error(404, { message: m.falls_none() });
		}
		throw failure;
	});
	const fall = establishedFalls(comparison).find(
		({ unitId, measure }) => unitId === wanted.unit && measure === wanted.measure
	);
	if (!fall) error(404, { message: m.falls_none() });
	return { fall, wanted, name: namesOf(comparison)(fall.measure) };
}

/** Why did this figure fall, and what is done? */
export const load: PageServerLoad = async (event) => {
	const { locale } = event.locals;
	const place = placeOf(event);
	const { fall, wanted, name } = await fallOf(event, place.unit.id);
	const { from, to } = fallLine(fall, locale);
	return {
		query: placeQuery(event),
		mayWrite: place.roles.includes('leader'),
		unit: inLocale(fall.names, locale),
		measure: name,
		ask: m.falls_ask({
			...{ period: periodName(wanted.period, locale), measure: name },
			...{ before: from, now: to }
		}),
		revision: fall.explanation?.revision ?? 0,
		text: fall.explanation?.versions[0]?.text ?? ''
	};
};

const schema = () =>
	z.object({
		revision: z.coerce.number().int(),
		text: z.string().trim().min(1, m.falls_field_wrong()).max(2000, m.falls_field_wrong())
	});

export const actions: Actions = {
	default: async (event) => {
		const form = await event.request.formData();
		const { wanted } = await fallOf(event, placeOf(event).unit.id);
		const parsed = parseForm(schema(), form);
		if (!parsed.ok) return fail(422, { back: parsed.state });
		const { revision, text } = parsed.data;
		try {
			await putExplanation(event.locals.supabase, wanted, text, revision);
		} catch (failure) {
			const now = recordNow(failure, keptExplanation);
			if (!now) return refused(failure, form);
			const changed = changedLines([
				{ label: m.falls_field(), mine: text, now: now.versions[0]?.text ?? '' }
			]);
			const values = { ...typedValues(form), revision: String(now.revision) };
			return fail(409, { back: { values, problems: {} }, changed });
		}
		const query = placeQuery(event);
		redirect(303, `/reports${query}${query ? '&' : '?'}done=explained#falls`);
	}
};
