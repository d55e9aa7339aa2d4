/**
 * The archive of everything an organisation owns: asked for by one, confirmed by another, taken by these two.
 * Owns: the key pair, of which the private half is shown once and kept nowhere.
 * Must not know: pages and texts, and how the file is made (the worker does).
 */
import { generateX25519Identity, identityToRecipient } from 'age-encryption';
import type { SupabaseClient } from '@supabase/supabase-js';
import { z } from 'zod';
import { dataOf } from '$lib/server/errors';

const role = z.enum(['leader', 'administrator']);
const state = z
	.object({
		organisation: z.uuid(),
		may_ask: z.boolean(),
		request: z
			.object({
				id: z.uuid(),
				state: z.enum(['asked', 'expired', 'working', 'failed', 'ready', 'removed', 'withdrawn']),
				recipient: z.string(),
				asked_by: z.string(),
				asked_at: z.string(),
				asked_role: role.nullable(),
				confirmed_by: z.string().nullable(),
				is_mine: z.boolean(),
				may_confirm: z.boolean(),
				may_download: z.boolean().nullable(),
				bytes: z.number().nullable(),
				rows: z.number().nullable(),
				until: z.string(),
				progress: z.number().nullable(),
				progress_of: z.number().nullable()
			})
			.transform((row) => ({
				id: row.id,
				state: row.state,
				recipient: row.recipient,
				askedBy: row.asked_by,
				askedAt: row.asked_at,
				askedRole: row.asked_role,
				confirmedBy: row.confirmed_by,
				isMine: row.is_mine,
				mayConfirm: row.may_confirm,
				mayDownload: row.may_download ?? false,
				bytes: row.bytes ?? 0,
				rows: row.rows ?? 0,
				until: row.until,
				progress: row.progress ?? 0,
				progressOf: row.progress_of
			}))
			.nullable()
	})
	.transform(({ may_ask, ...rest }) => ({ ...rest, mayAsk: may_ask }));

export type ArchiveState = z.infer<typeof state>;

export async function read(client: SupabaseClient, unitId: string): Promise<ArchiveState> {
	return state.parse(await dataOf('read archive', client.rpc('read_archive', { p_unit: unitId })));
}

/** Asks for an archive; resolves to the private key, which nobody else ever sees. */
export async function ask(client: SupabaseClient, organisationId: string): Promise<string> {
	const key = await generateX25519Identity();
	const asked = { p_organisation: organisationId, p_recipient: await identityToRecipient(key) };
	await dataOf('ask archive', client.rpc('ask_archive', asked));
	return key;
}

export async function confirm(client: SupabaseClient, requestId: string): Promise<void> {
	await dataOf('confirm archive', client.rpc('confirm_archive', { p_request: requestId }));
}

export async function withdraw(client: SupabaseClient, requestId: string): Promise<void> {
	await dataOf('withdraw archive', client.rpc('withdraw_archive', { p_request: requestId }));
}

/** Notes that the person takes the file; resolves to the day it was made. */
export async function open(client: SupabaseClient, requestId: string): Promise<{ made: string }> {
	return z
		.object({ made: z.string() })
		.parse(await dataOf('open archive', client.rpc('open_archive', { p_request: requestId })));
}
