import { error, fail, redirect, type RequestEvent } from '@sveltejs/kit';
import { z } from 'zod';
import type { Actions, PageServerLoad } from './$types';
import { changedLines } from '$lib/forms/changed-meanwhile';
import { recordNow } from '$lib/forms/changed-meanwhile.server';
import { parseForm, typedValues } from '$lib/forms/parse-form';
import { m } from '$lib/i18n/paraglide/messages.js';
import { placeOf, placeQuery } from '$lib/members/place.server';
import { keptState, listReports, putState } from '$lib/reports/due/due.server';
import { refused } from '$lib/reports/refusal.server';
import { periodName } from '$lib/transparency/period-label';

async function reportOf(event: RequestEvent) {
	const { supabase } = event.locals;
	const { reports, mayChange, organisation } = await listReports(supabase, placeOf(event).unit.id);
	const report = reports.find(({ period }) => period === event.url.searchParams.get('period'));
	if (!report) error(404, { message: m.reports_unknown_period() });
	if (!mayChange) error(403, { message: m.office_not_yours() });
	return { report, organisation };
}

/** How far is the report on this period? */
export const load: PageServerLoad = async (event) => {
	const { report } = await reportOf(event);
	return {
		query: placeQuery(event),
		name: periodName(report.period, event.locals.locale),
		report
	};
};

const schema = () => {
	const day = z.union([z.literal(''), z.iso.date()], m.reports_date_wrong());
	return z.object({
		revision: z.coerce.number().int(),
		preparedOn: day,
		sentOn: day,
		recipient: z.string().trim().max(200, m.reports_recipient_wrong())
	});
};

export const actions: Actions = {
	default: async (event) => {
		const form = await event.request.formData();
		const { report, organisation } = await reportOf(event);
		const parsed = parseForm(schema(), form);
		if (!parsed.ok) return fail(422, { back: parsed.state });
		const { revision, preparedOn, sentOn, recipient } = parsed.data;
		const state = { preparedOn: preparedOn || null, sentOn: sentOn || null, recipient };
		try {
			await putState(event.locals.supabase, organisation, report.period, state, revision);
		} catch (failure) {
			const now = recordNow(failure, keptState);
			if (!now) return refused(failure, form);
			const changed = changedLines([
				{ label: m.reports_prepared_on(), mine: preparedOn, now: now.preparedOn ?? '' },
				{ label: m.reports_sent_on(), mine: sentOn, now: now.sentOn ?? '' },
				{ label: m.reports_recipient(), mine: recipient, now: now.recipient ?? '' }
			]);
			const values = { ...typedValues(form), revision: String(now.revision) };
			return fail(409, { back: { values, problems: {} }, changed });
		}
		const query = placeQuery(event);
		redirect(303, `/reports${query}${query ? '&' : '?'}done=state`);
	}
};
