/**
 * Reports due as they are kept: the list with the plan it follows from, the plan, the state of one, the
 * weekly mail. SQL decides who may; every function throws DatabaseError with its key.
 * Must not know: pages and texts.
 */
import type { SupabaseClient } from '@supabase/supabase-js';
import { z } from 'zod';
import { dataOf } from '$lib/server/errors';
import type { DueReport, Duty } from './due';

const kind = z.enum(['month', 'quarter', 'half', 'nine_months', 'year']);
const dutyRow = z
	.object({ kind, due_after: z.number().int(), recipient: z.string() })
	.transform(({ due_after, ...rest }): Duty => ({ ...rest, dueAfter: due_after }));
const reportRow = z
	.object({
		period: z.string(),
		kind,
		start: z.iso.date(),
		end: z.iso.date(),
		due_on: z.iso.date(),
		recipient: z.string(),
		prepared_on: z.iso.date().nullable(),
		sent_on: z.iso.date().nullable(),
		revision: z.number().int(),
		has_figures: z.boolean()
	})
	.transform(({ due_on, prepared_on, sent_on, has_figures, ...rest }): DueReport => ({
		...rest,
		dueOn: due_on,
		preparedOn: prepared_on,
		sentOn: sent_on,
		hasFigures: has_figures
	}));

const list = z
	.object({
		organisation: z.uuid(),
		today: z.iso.date(),
		scheme: z.enum(['administrative', 'calendar']),
		may_change: z.boolean(),
		is_reminded: z.boolean(),
		plan: z.object({ revision: z.number().int(), duties: z.array(dutyRow) }),
		reports: z.array(reportRow)
	})
	.transform(({ may_change, is_reminded, ...rest }) => ({
		...rest,
		mayChange: may_change,
		isReminded: is_reminded
	}));

/** The plan as the refusal of an edit shows it. */
export const keptPlan = z.object({
	duties: z.array(dutyRow).nullable(),
	revision: z.number().int().nullable()
});
/** A state as the refusal of an edit shows it. */
export const keptState = z
	.object({
		prepared_on: z.string().nullable(),
		sent_on: z.string().nullable(),
		recipient: z.string().nullable(),
		revision: z.number().int().nullable()
	})
	.transform((row) => ({
		preparedOn: row.prepared_on,
		sentOn: row.sent_on,
		recipient: row.recipient,
		revision: row.revision ?? 0
	}));

export async function listReports(client: SupabaseClient, unitId: string) {
	return list.parse(await dataOf('list reports', client.rpc('list_reports', { p_unit: unitId })));
}

export async function putPlan(
	client: SupabaseClient,
	organisationId: string,
	duties: Duty[],
	revision: number
): Promise<void> {
	const items = duties.map(({ dueAfter, ...rest }) => ({ ...rest, due_after: dueAfter }));
	const asked = { p_organisation: organisationId, p_plan: { items }, p_seen: revision };
	await dataOf('put report plan', client.rpc('put_report_plan', asked));
}

export async function putState(
	client: SupabaseClient,
	organisationId: string,
	period: string,
	state: { preparedOn: string | null; sentOn: string | null; recipient: string },
	revision: number
): Promise<void> {
	const asked = {
		p_organisation: organisationId,
		p_period: period,
		p_values: {
			prepared_on: state.preparedOn,
			sent_on: state.sentOn,
			recipient: state.recipient
		},
		p_seen: revision
	};
	await dataOf('put report state', client.rpc('put_report_state', asked));
}

/** The weekly mail about the whole organisation, which tells of reports due. */
export async function setReminder(
	client: SupabaseClient,
	organisationId: string,
	isOn: boolean
): Promise<void> {
	await dataOf('set digest', client.rpc('set_digest', { p_unit: organisationId, p_on: isOn }));
}
