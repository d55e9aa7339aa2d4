/**
 * Owners of dimensions and lines about the province's indices as they are set by the whole organisation.
 * SQL decides who may; every function throws DatabaseError with its key. Must not know: pages and texts.
 */
import type { SupabaseClient } from '@supabase/supabase-js';
import { z } from 'zod';
import { dataOf } from '$lib/server/errors';
import { goalRow, ownersRow } from './settings-row';

const common = { organisation: z.uuid(), may_change: z.boolean() };
const ownerMap = z
	.object({ ...common, owners: ownersRow, revision: z.number().int() })
	.transform(({ may_change, ...rest }) => ({ ...rest, mayChange: may_change }));
const goalList = z
	.object({ ...common, goals: z.array(goalRow) })
	.transform(({ may_change, ...rest }) => ({ ...rest, mayChange: may_change }));

/** The map as the refusal of an edit shows it. */
export const keptOwners = z.object({ owners: ownersRow, revision: z.number().int() });
/** A line as the refusal of an edit shows it. */
export const keptGoal = z
	.object({
		index_name: z.string(),
		year: z.number().int(),
		text: z.string(),
		source: z.string(),
		revision: z.number().int()
	})
	.transform(({ index_name, ...rest }) => ({ index: index_name, ...rest }));

export async function readOwners(client: SupabaseClient, unitId: string) {
	return ownerMap.parse(
		await dataOf('read owners', client.rpc('read_owner_map', { p_unit: unitId }))
	);
}

export async function putOwners(
	client: SupabaseClient,
	organisationId: string,
	owners: Record<string, string>,
	revision: number
): Promise<void> {
	const asked = { p_organisation: organisationId, p_owners: owners, p_seen: revision };
	await dataOf('put owners', client.rpc('put_owner_map', asked));
}

export async function readGoals(client: SupabaseClient, unitId: string) {
	return goalList.parse(
		await dataOf('read goals', client.rpc('read_index_goals', { p_unit: unitId }))
	);
}

export interface GoalValues {
	index: string;
	year: string;
	text: string;
	source: string;
}

/** @param changed the line that is changed and the revision the person began from; none for a new one */
export async function putGoal(
	client: SupabaseClient,
	organisationId: string,
	values: GoalValues,
	changed?: { id: string; revision: number }
): Promise<void> {
	const asked = {
		p_organisation: organisationId,
		p_values: values,
		p_goal: changed?.id ?? null,
		p_seen: changed?.revision ?? null
	};
	await dataOf('put goal', client.rpc('put_index_goal', asked));
}

export async function removeGoal(
	client: SupabaseClient,
	organisationId: string,
	goalId: string
): Promise<void> {
	const asked = { p_organisation: organisationId, p_goal: goalId };
	await dataOf('remove goal', client.rpc('remove_index_goal', asked));
}
