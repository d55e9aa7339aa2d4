/**
 * The unit tree on its set-up pages: one branch, one unit, and what an administrator does to it.
 * What is allowed and refused, SQL decides; every function throws DatabaseError with its key.
 * Must not know: pages and texts.
 */
import type { SupabaseClient } from '@supabase/supabase-js';
import { z } from 'zod';
import { dataOf } from '$lib/server/errors';
import { UNIT_KINDS, type UnitKind } from './kinds';
import { named, texts } from './rows';

const line = named.extend({
	kind: z.enum(UNIT_KINDS),
	code: z.string().nullable(),
	depth: z.number(),
	valid_to: z.string().nullable(),
	units: z.number(),
	points: z.number(),
	path: z.array(named).nullish()
});
const branch = z.object({
	at: line,
	path: z.array(named),
	whole: z.boolean(),
	total: z.number(),
	closed: z.number(),
	units: z.array(line)
});

/** A unit as an editor sees it; also what comes back when somebody else was faster. */
export const unitCard = named.extend({
	kind: z.enum(UNIT_KINDS),
	code: z.string().nullable(),
	sort: z.number(),
	revision: z.number(),
	valid_from: z.string(),
	valid_to: z.string().nullable(),
	closed_reason: z.string().nullable(),
	is_root: z.boolean(),
	parent: named.nullable()
});
const succession = named.extend({ on: z.string() });
const unitDetail = unitCard.extend({
	predecessors: z.array(succession),
	successors: z.array(succession),
	removable: z.boolean(),
	has_answers: z.boolean(),
	members: z.number(),
	open_units: z.array(named),
	open_points: z.array(named),
	decides: z.array(named),
	decided_procedures: z.number(),
	decided_points: z.array(named)
});
const choices = z.object({
	whole: z.boolean(),
	units: z.array(
		named.extend({ code: z.string().nullable(), depth: z.number(), above: texts.nullable() })
	)
});

export type Branch = z.infer<typeof branch>;
export type UnitCard = z.infer<typeof unitCard>;
export type UnitDetail = z.infer<typeof unitDetail>;
export type UnitChoices = z.infer<typeof choices>;

/** Units shown at once where a branch is not shown whole. */
export const PAGE_SIZE = 50;

/** What a form of a unit says; codes and translations may be blank. */
export interface UnitValues {
	names: Record<'vi' | 'zh' | 'en', string>;
	kind: UnitKind;
	code: string;
	sort?: string;
}

/** Where a unit ends, and why. */
export interface Ending {
	on: string;
	reason: string;
}

export async function readBranch(
	client: SupabaseClient,
	unit: string,
	asked: { at?: string; search?: string; from?: number; closed?: boolean }
): Promise<Branch> {
	const { at, search, from = 0, closed = false } = asked;
	const query = client.rpc('read_units', {
		...{ p_unit: unit, p_at: at ?? null, p_search: search || null },
		...{ p_offset: from, p_closed: closed }
	});
	return branch.parse(await dataOf('read units', query));
}

export async function readUnit(client: SupabaseClient, unit: string): Promise<UnitDetail> {
	return unitDetail.parse(await dataOf('read unit', client.rpc('read_unit', { p_unit: unit })));
}

/** @param everywhere the whole organisation instead of the subtree: for deciding units */
export async function chooseUnits(
	client: SupabaseClient,
	unit: string,
	everywhere: boolean,
	search: string | null = null
): Promise<UnitChoices> {
	const asked = { p_unit: unit, p_everywhere: everywhere, p_search: search };
	return choices.parse(await dataOf('choose units', client.rpc('choose_units', asked)));
}

export async function addUnit(client: SupabaseClient, parent: string, values: UnitValues) {
	const asked = { p_unit: null, p_values: { ...values, parent_id: parent }, p_seen: null };
	return z.uuid().parse(await dataOf('add unit', client.rpc('save_unit', asked)));
}

/** @param seen the revision that the edit began from */
export async function changeUnit(
	client: SupabaseClient,
	unit: string,
	values: UnitValues,
	seen: number
): Promise<void> {
	const asked = { p_unit: unit, p_values: values, p_seen: seen };
	await dataOf('change unit', client.rpc('save_unit', asked));
}

export async function moveUnit(
	client: SupabaseClient,
	unit: string,
	parent: string,
	seen: number
): Promise<void> {
	const asked = { p_unit: unit, p_parent: parent, p_seen: seen };
	await dataOf('move unit', client.rpc('move_unit', asked));
}

export async function closeUnit(
	client: SupabaseClient,
	unit: string,
	{ on, reason }: Ending,
	seen: number
): Promise<void> {
	const asked = { p_unit: unit, p_on: on, p_reason: reason, p_seen: seen };
	await dataOf('close unit', client.rpc('close_unit', asked));
}

export async function reopenUnit(client: SupabaseClient, unit: string): Promise<void> {
	await dataOf('reopen unit', client.rpc('reopen_unit', { p_unit: unit }));
}

export async function removeUnit(client: SupabaseClient, unit: string): Promise<void> {
	await dataOf('remove unit', client.rpc('remove_unit', { p_unit: unit }));
}

/** @param into an open unit, or a new one under `parent`; resolves to the successor */
export async function mergeUnits(
	client: SupabaseClient,
	units: string[],
	into: { successor_id: string } | (UnitValues & { parent_id: string }),
	ending: Ending
): Promise<string> {
	const asked = { p_values: { ...into, ...ending, units } };
	return z.uuid().parse(await dataOf('merge units', client.rpc('merge_units', asked)));
}

/** @param places thing (open point, unit, procedure group) → number of the part, from 0 */
export async function splitUnit(
	client: SupabaseClient,
	unit: string,
	parts: { names: { vi: string } }[],
	places: Record<string, number>,
	ending: Ending
): Promise<void> {
	const asked = { p_unit: unit, p_values: { parts, places, ...ending } };
	await dataOf('split unit', client.rpc('split_unit', asked));
}
