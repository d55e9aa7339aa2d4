/**
 * What an organisation says about the data it keeps: contact, times, and how the last clearing went.
 * Who may read and change it, SQL decides; every function throws DatabaseError with its key.
 * Must not know: pages and texts.
 */
import type { SupabaseClient } from '@supabase/supabase-js';
import { z } from 'zod';
import { dataOf, DatabaseError } from '$lib/server/errors';

const texts = z.object({
	vi: z.string().nullish(),
	zh: z.string().nullish(),
	en: z.string().nullish()
});
const settings = z
	.object({
		id: z.uuid(),
		phone: z.string(),
		email: z.string(),
		address: texts.nullable(),
		data_protection_contact: z.string().nullable(),
		response_months: z.number(),
		comment_months: z.number(),
		audit_months: z.number(),
		revision: z.number()
	})
	.transform((row) => ({
		id: row.id,
		revision: row.revision,
		values: {
			phone: row.phone,
			email: row.email,
			addressVi: row.address?.vi ?? '',
			addressEn: row.address?.en ?? '',
			addressZh: row.address?.zh ?? '',
			contact: row.data_protection_contact ?? '',
			responseMonths: String(row.response_months),
			commentMonths: String(row.comment_months),
			auditMonths: String(row.audit_months)
		}
	}));

export type Settings = z.infer<typeof settings>;
/** What the form of the settings holds, by the names of its fields. */
export type SettingValues = Settings['values'];

const overview = z
	.object({
		settings,
		may_change: z.boolean(),
		may_ask: z.boolean(),
		stored: z.object({ responses: z.number(), since: z.string().nullable() }),
		people: z.number(),
		audit_since: z.string().nullable(),
		cleared: z.object({ on: z.string(), removed: z.record(z.string(), z.number()) }).nullable()
	})
	.transform(({ may_change, may_ask, audit_since, ...rest }) => ({
		...rest,
		mayChange: may_change,
		mayAsk: may_ask,
		auditSince: audit_since
	}));

export type Overview = z.infer<typeof overview>;

/** What shorter times would delete at the next clearing. */
const loss = z
	.object({
		responses: z.number(),
		responses_before: z.string(),
		comments: z.number(),
		comments_before: z.string(),
		audit_before: z.string()
	})
	.transform((row) => ({
		responses: row.responses,
		responsesBefore: row.responses_before,
		comments: row.comments,
		commentsBefore: row.comments_before,
		auditBefore: row.audit_before
	}));

export type Loss = z.infer<typeof loss>;

export async function read(client: SupabaseClient, unitId: string): Promise<Overview> {
	return overview.parse(
		await dataOf('read protection', client.rpc('read_protection', { p_unit: unitId }))
	);
}

/** The settings as they are now, or what is lost, when a change was refused for one of these. */
export type Refused = { now: Settings } | { loss: Loss };

/**
 * Changes all settings at once.
 * @param revision the state that the person began from
 * @param confirmed whether the person has seen what shorter times delete
 * @returns undefined when it is done
 * @throws DatabaseError for every other refusal
 */
export async function change(
	client: SupabaseClient,
	organisationId: string,
	revision: number,
	values: SettingValues,
	confirmed: boolean
): Promise<Refused | undefined> {
	const asked = {
		p_organisation: organisationId,
		p_revision: revision,
		p_confirmed: confirmed,
		p_values: {
			phone: values.phone,
			email: values.email,
			address: { vi: values.addressVi, en: values.addressEn, zh: values.addressZh },
			data_protection_contact: values.contact,
			response_months: values.responseMonths,
			comment_months: values.commentMonths,
			audit_months: values.auditMonths
		}
	};
	try {
		await dataOf('change protection', client.rpc('change_protection', asked));
		return undefined;
	} catch (failure) {
		if (!(failure instanceof DatabaseError) || !failure.details) throw failure;
		const details: unknown = JSON.parse(failure.details);
		if (failure.key === 'changed_meanwhile') return { now: settings.parse(details) };
		if (failure.key === 'shortening_unconfirmed') return { loss: loss.parse(details) };
		throw failure;
	}
}
