/**
 * Procedures and their groups (lĩnh vực) on their set-up pages. SQL decides who may what and throws
 * DatabaseError with its key.
 */
import type { SupabaseClient } from '@supabase/supabase-js';
import { z } from 'zod';
import { dataOf } from '$lib/server/errors';
import { named, texts } from './rows';

const procedureList = z.object({
	total: z.number(),
	groups: z.array(
		named.extend({ code: z.string(), unit: texts, procedures: z.number(), points: z.number() })
	),
	procedures: z.array(
		z.object({ id: z.uuid(), code: z.string(), name: z.string(), group: texts, unit: texts })
	)
});
export const procedureCard = z.object({
	id: z.uuid(),
	code: z.string(),
	name: z.string(),
	revision: z.number(),
	group: named,
	unit: named
});
export const groupCard = named.extend({ code: z.string(), revision: z.number(), unit: named });

export type ProcedureList = z.infer<typeof procedureList>;
export type ProcedureCard = z.infer<typeof procedureCard>;
export type GroupCard = z.infer<typeof groupCard>;

/** Procedures shown at once. */
export const PAGE_SIZE = 50;

export interface GroupValues {
	code: string;
	names: Record<'vi' | 'zh' | 'en', string>;
	deciding_unit_id: string;
}
export interface ProcedureValues {
	code: string;
	name: string;
	procedure_group_id: string;
	/** Null: the one of the group. */
	deciding_unit_id: string | null;
}

export async function listProcedures(
	client: SupabaseClient,
	unit: string,
	{ search = '', group, from = 0 }: { search?: string; group?: string; from?: number } = {}
): Promise<ProcedureList> {
	const asked = { p_unit: unit, p_search: search || null, p_group: group ?? null, p_offset: from };
	return procedureList.parse(await dataOf('list procedures', client.rpc('list_procedures', asked)));
}

export async function readProcedure(client: SupabaseClient, id: string): Promise<ProcedureCard> {
	const query = client.rpc('read_procedure', { p_procedure: id });
	return procedureCard.parse(await dataOf('read procedure', query));
}

export async function readGroup(client: SupabaseClient, id: string): Promise<GroupCard> {
	const query = client.rpc('read_procedure_group', { p_group: id });
	return groupCard.parse(await dataOf('read procedure group', query));
}

/** @param id null for a new one; @param seen the revision that the edit began from */
export async function saveProcedure(
	client: SupabaseClient,
	id: string | null,
	values: ProcedureValues,
	seen: number | null
): Promise<void> {
	const asked = { p_procedure: id, p_values: values, p_seen: seen };
	await dataOf('save procedure', client.rpc('save_procedure', asked));
}

/** @param id null for a new one; @param seen the revision that the edit began from */
export async function saveGroup(
	client: SupabaseClient,
	id: string | null,
	values: GroupValues,
	seen: number | null
): Promise<void> {
	const asked = { p_group: id, p_values: values, p_seen: seen };
	await dataOf('save procedure group', client.rpc('save_procedure_group', asked));
}

export async function removeProcedure(client: SupabaseClient, id: string): Promise<void> {
	await dataOf('remove procedure', client.rpc('remove_procedure', { p_procedure: id }));
}

export async function removeGroup(client: SupabaseClient, id: string): Promise<void> {
	await dataOf('remove procedure group', client.rpc('remove_procedure_group', { p_group: id }));
}
