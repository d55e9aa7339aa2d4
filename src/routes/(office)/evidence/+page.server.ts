import { error, redirect } from '@sveltejs/kit';
import { z } from 'zod';
import type { Actions, PageServerLoad, RequestEvent } from './$types';
import { evidenceHref, readEvidenceQuery } from '$lib/evidence/address';
import * as evidence from '$lib/evidence/evidence.server';
import { comparedRows, exclusionCard, ruleRows } from '$lib/evidence/evidence-page';
import { evidenceRefusal } from '$lib/evidence/refusals';
import { refusedForm } from '$lib/forms/refused.server';
import { formatDate } from '$lib/i18n/dates';
import { inLocale } from '$lib/i18n/localised';
import { m } from '$lib/i18n/paraglide/messages.js';
import { placeOf, placeQuery } from '$lib/members/place.server';
import { DatabaseError } from '$lib/server/errors';

function chosen(event: RequestEvent) {
	const place = placeOf(event);
	const query = readEvidenceQuery(event.url.searchParams);
	return { place, query: { ...query, place: placeQuery(event) ? place.unit.id : null } };
}

export const load: PageServerLoad = async (event) => {
	const { supabase, locale } = event.locals;
	const { place, query } = chosen(event);
	const unitId = query.of ?? place.unit.id;
	const [found, units] = await Promise.all([
		evidence.read(supabase, unitId, query.period),
		evidence.listUnits(supabase, place.unit.id)
	]).catch((failure: unknown) => {
		const sentence = failure instanceof DatabaseError ? evidenceRefusal(failure.key) : undefined;
		if (sentence && failure instanceof DatabaseError) error(failure.status, { message: sentence });
		throw failure;
	});
	const period = found.period?.code ?? '';
	const where = (point: { labels: typeof found.unit.names }, unit: typeof found.unit) =>
		m.evidence_where({ point: inLocale(point.labels, locale), unit: inLocale(unit.names, locale) });
	return {
		query,
		unitId,
		unit: inLocale(found.unit.names, locale),
		units: units.map(({ id, names, depth }) => ({ id, name: inLocale(names, locale), depth })),
		period: found.period,
		periods: found.periods,
		isLeader: place.roles.includes('leader'),
		excluded: found.excluded,
		rules: ruleRows(found),
		compared: comparedRows(found),
		places: found.places.map(({ rule, answers, unit, point }) => ({
			...{ rule, answers, id: `${point.id}-${rule}` },
			point: inLocale(point.labels, locale),
			unit: inLocale(unit.names, locale),
			href: evidenceHref({ ...query, of: unitId, period }, { point: point.id, rule }, '/propose')
		})),
		overServed: found.overServed.map(({ point, unit, day, ...counts }) => ({
			...counts,
			id: `${point.id}-${day}`,
			day: formatDate(day, locale),
			where: where(point, unit)
		})),
		exclusions: found.exclusions.map((one) => exclusionCard(one, locale)),
		done: event.url.searchParams.get('done')
	};
};

/** Runs the work and shows the page as it then is; a refusal comes back with what was typed. */
async function change(
	event: RequestEvent,
	form: FormData,
	done: string,
	work: () => Promise<unknown>
) {
	try {
		await work();
	} catch (failure) {
		return refusedForm(failure, form, ({ key }) => {
			const isReason = key === 'reason_missing' || key === 'text_too_long';
			const field = isReason ? `end-${String(form.get('exclusion'))}` : 'form';
			return { field, sentence: evidenceRefusal(key) };
		});
	}
	redirect(303, evidenceHref(chosen(event).query, { done }));
}

const exclusionOf = (form: FormData) => {
	const id = z.uuid().safeParse(form.get('exclusion'));
	if (!id.success) error(422, { message: m.evidence_unknown() });
	return id.data;
};

export const actions: Actions = {
	decide: async (event) => {
		const form = await event.request.formData();
		const id = exclusionOf(form);
		const agrees = form.get('agrees') === 'yes';
		return change(event, form, agrees ? 'agreed' : 'refused', () =>
			evidence.decide(event.locals.supabase, id, agrees)
		);
	},
	end: async (event) => {
		const form = await event.request.formData();
		const id = exclusionOf(form);
		const reason = String(form.get(`end-${id}`) ?? '');
		return change(event, form, 'proposed', () =>
			evidence.proposeEnd(event.locals.supabase, id, reason)
		);
	}
};
