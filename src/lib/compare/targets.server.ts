/**
 * Targets as they are set: reading the list of a subtree, setting, changing, taking back. SQL decides who
 * may; every function throws DatabaseError with its key. Must not know: pages and texts.
 */
import type { SupabaseClient } from '@supabase/supabase-js';
import { z } from 'zod';
import { dataOf } from '$lib/server/errors';
import { textsRow } from '$lib/transparency/result-rows';
import { targetRow } from './settings-row';

const unit = z.object({ id: z.uuid(), names: textsRow });

export const targetCard = z
	.object({
		id: z.uuid(),
		unit,
		dimension: z.enum(['overall', 'access', 'procedure', 'conduct', 'result', 'complaints']),
		period: z.string(),
		permille: z.number().int(),
		source: z.string(),
		revision: z.number().int(),
		may_change: z.boolean()
	})
	.transform(({ may_change, ...rest }) => ({ ...rest, mayChange: may_change }));

export type TargetCard = z.infer<typeof targetCard>;

const list = z
	.object({
		may_change: z.boolean(),
		year: z.number().int(),
		units: z.array(unit.extend({ depth: z.number().int() })),
		targets: z.array(targetCard)
	})
	.transform(({ may_change, ...rest }) => ({ ...rest, mayChange: may_change }));

export async function listTargets(client: SupabaseClient, unitId: string) {
	return list.parse(await dataOf('list targets', client.rpc('list_targets', { p_unit: unitId })));
}

/** The targets that hold for one unit in a period. */
export async function unitTargets(client: SupabaseClient, unitId: string, period: string) {
	const asked = { p_unit: unitId, p_period: period };
	return z.array(targetRow).parse(await dataOf('unit targets', client.rpc('unit_targets', asked)));
}

export interface TargetValues {
	dimension: string;
	period: string;
	permille: number;
	source: string;
}

/** @param changed the target that is changed and the revision the person began from; none for a new one */
export async function putTarget(
	client: SupabaseClient,
	unitId: string,
	values: TargetValues,
	changed?: { id: string; revision: number }
): Promise<void> {
	const asked = {
		p_unit: unitId,
		p_values: values,
		p_target: changed?.id ?? null,
		p_seen: changed?.revision ?? null
	};
	await dataOf('put target', client.rpc('put_target', asked));
}

export async function removeTarget(client: SupabaseClient, targetId: string): Promise<void> {
	await dataOf('remove target', client.rpc('remove_target', { p_target: targetId }));
}
