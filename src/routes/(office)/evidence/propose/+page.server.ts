import { error, redirect } from '@sveltejs/kit';
import { z } from 'zod';
import type { Actions, PageServerLoad, RequestEvent } from './$types';
import { evidenceHref, readEvidenceQuery } from '$lib/evidence/address';
import * as evidence from '$lib/evidence/evidence.server';
import { evidenceRefusal } from '$lib/evidence/refusals';
import { RULES, ruleName } from '$lib/evidence/rules';
import { refusedForm } from '$lib/forms/refused.server';
import { inLocale } from '$lib/i18n/localised';
import { m } from '$lib/i18n/paraglide/messages.js';
import { placeOf, placeQuery } from '$lib/members/place.server';
import { DatabaseError } from '$lib/server/errors';
import { periodInSentence } from '$lib/transparency/period-label';

const asked = z.object({ rule: z.enum(RULES), point: z.uuid().nullable() });

/** What the proposal is about, from the address. */
function subject(event: RequestEvent) {
	const { searchParams } = event.url;
	const place = placeOf(event);
	const query = {
		...readEvidenceQuery(searchParams),
		place: placeQuery(event) ? place.unit.id : null
	};
	const parsed = asked.safeParse({
		rule: searchParams.get('rule'),
		point: searchParams.get('point')
	});
	if (!parsed.success || !query.period) error(404, { message: m.evidence_propose_gone() });
	return { ...parsed.data, query, period: query.period, unit: query.of ?? place.unit.id };
}

export const load: PageServerLoad = async (event) => {
	const { supabase, locale } = event.locals;
	const { rule, point, query, period, unit } = subject(event);
	const found = await evidence.read(supabase, unit, period).catch((failure: unknown) => {
		const sentence = failure instanceof DatabaseError ? evidenceRefusal(failure.key) : undefined;
		if (sentence && failure instanceof DatabaseError) error(failure.status, { message: sentence });
		throw failure;
	});
	const places = found.places.filter(
		(place) => place.rule === rule && (!point || place.point.id === point)
	);
	const only = point ? places[0] : undefined;
	return {
		answers: places.reduce((sum, { answers }) => sum + answers, 0),
		rule: ruleName(rule),
		where: m.evidence_where({
			point: only ? inLocale(only.point.labels, locale) : m.evidence_all_points(),
			unit: inLocale((only?.unit ?? found.unit).names, locale)
		}),
		period: periodInSentence(period, locale),
		back: evidenceHref(query)
	};
};

export const actions: Actions = {
	default: async (event) => {
		const form = await event.request.formData();
		const { query, ...about } = subject(event);
		const reason = String(form.get('reason') ?? '');
		try {
			await evidence.propose(event.locals.supabase, { ...about, reason });
		} catch (failure) {
			return refusedForm(failure, form, ({ key }) => {
				const isReason = key === 'reason_missing' || key === 'text_too_long';
				return { field: isReason ? 'reason' : 'form', sentence: evidenceRefusal(key) };
			});
		}
		redirect(303, evidenceHref(query, { done: 'proposed' }));
	}
};
