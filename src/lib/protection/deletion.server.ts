/**
 * The deletion of an organisation: asked for by one, confirmed by another, stoppable for fourteen days.
 * When it may be asked for and who may, SQL decides; every function throws DatabaseError with its key.
 * Must not know: pages and texts, and how it is done (the worker does).
 */
import type { SupabaseClient } from '@supabase/supabase-js';
import { z } from 'zod';
import { dataOf } from '$lib/server/errors';

const state = z
	.object({
		organisation: z.uuid(),
		may_ask: z.boolean(),
		archive_downloaded_at: z.string().nullable(),
		open_cases: z.number(),
		request: z
			.object({
				id: z.uuid(),
				state: z.enum(['asked', 'expired', 'waiting', 'running', 'stopped']),
				asked_at: z.string(),
				until: z.string(),
				asked_by: z.string(),
				asked_role: z.enum(['leader', 'administrator']).nullable(),
				confirmed_by: z.string().nullable(),
				stopped_by: z.string().nullable(),
				is_mine: z.boolean(),
				may_confirm: z.boolean(),
				run_after: z.string().nullable()
			})
			.transform((row) => ({
				id: row.id,
				state: row.state,
				askedAt: row.asked_at,
				until: row.until,
				askedBy: row.asked_by,
				askedRole: row.asked_role,
				confirmedBy: row.confirmed_by,
				stoppedBy: row.stopped_by,
				isMine: row.is_mine,
				mayConfirm: row.may_confirm,
				runAfter: row.run_after
			}))
			.nullable()
	})
	.transform(({ may_ask, archive_downloaded_at, open_cases, ...rest }) => ({
		...rest,
		mayAsk: may_ask,
		archiveDownloadedAt: archive_downloaded_at,
		openCases: open_cases
	}));

export type DeletionState = z.infer<typeof state>;

export async function read(client: SupabaseClient, unitId: string): Promise<DeletionState> {
	return state.parse(
		await dataOf('read deletion', client.rpc('read_deletion', { p_unit: unitId }))
	);
}

export async function ask(client: SupabaseClient, organisationId: string): Promise<void> {
	await dataOf('ask deletion', client.rpc('ask_deletion', { p_organisation: organisationId }));
}

export async function confirm(client: SupabaseClient, requestId: string): Promise<void> {
	await dataOf('confirm deletion', client.rpc('confirm_deletion', { p_request: requestId }));
}

export async function stop(client: SupabaseClient, requestId: string): Promise<void> {
	await dataOf('stop deletion', client.rpc('stop_deletion', { p_request: requestId }));
}
