import { error, fail, redirect } from '@sveltejs/kit';
import type { Actions, PageServerLoad } from './$types';
import { recordNow } from '$lib/forms/changed-meanwhile.server';
import { changedLines } from '$lib/forms/changed-meanwhile';
import { typedValues } from '$lib/forms/parse-form';
import { m } from '$lib/i18n/paraglide/messages.js';
import { placeOf, placeQuery } from '$lib/members/place.server';
import { keptPlan, listReports, putPlan } from '$lib/reports/due/due.server';
import { PLANNED, readPlan } from '$lib/reports/due/plan-form';
import { KINDS } from '$lib/reports/due/words';
import { refused } from '$lib/reports/refusal.server';

/** On which periods does the organisation report, until when, to whom? */
export const load: PageServerLoad = async (event) => {
	const { plan, scheme, mayChange } = await listReports(
		event.locals.supabase,
		placeOf(event).unit.id
	);
	if (!mayChange) error(403, { message: m.office_not_yours() });
	return {
		query: placeQuery(event),
		scheme,
		revision: plan.revision,
		rows: PLANNED.map((kind) => {
			const duty = plan.duties.find((each) => each.kind === kind);
			return {
				kind,
				name: KINDS[kind](),
				isOn: duty !== undefined,
				days: String(duty?.dueAfter ?? 6),
				recipient: duty?.recipient ?? 'Sở Nội vụ'
			};
		})
	};
};

export const actions: Actions = {
	default: async (event) => {
		const form = await event.request.formData();
		const { duties, problems } = readPlan(form);
		if (Object.keys(problems).length > 0) {
			return fail(422, { back: { values: typedValues(form), problems } });
		}
		try {
			await putPlan(
				event.locals.supabase,
				placeOf(event).organisation.id,
				duties,
				Number(form.get('revision'))
			);
		} catch (failure) {
			const now = recordNow(failure, keptPlan);
			if (!now) return refused(failure, form);
			const line = (list: typeof duties, kind: string) => {
				const duty = list.find((each) => each.kind === kind);
				return duty ? `${duty.dueAfter} · ${duty.recipient}` : '';
			};
			const changed = changedLines(
				PLANNED.map((kind) => ({
					label: KINDS[kind](),
					mine: line(duties, kind),
					now: line(now.duties ?? [], kind)
				}))
			);
			const values = { ...typedValues(form), revision: String(now.revision ?? 0) };
			return fail(409, { back: { values, problems: {} }, changed });
		}
		const query = placeQuery(event);
		redirect(303, `/reports${query}${query ? '&' : '?'}done=plan`);
	}
};
