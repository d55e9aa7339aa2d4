/**
 * Numbers served and the tokens with which machines enter them. SQL decides who may and what can be;
 * every function throws DatabaseError with its key. Must not know: pages and texts.
 */
import type { SupabaseClient } from '@supabase/supabase-js';
import { z } from 'zod';
import { dataOf } from '$lib/server/errors';

const texts = z.object({ vi: z.string(), zh: z.string().nullish(), en: z.string().nullish() });
const named = z.object({ id: z.uuid(), names: texts });
const page = z.object({
	today: z.iso.date(),
	total: z.number(),
	points: z.array(
		z.object({
			id: z.uuid(),
			labels: texts,
			kind: z.enum(['counter', 'kiosk', 'link']),
			unit: named,
			groups: z.array(named),
			counts: z.array(
				z.object({
					day: z.iso.date(),
					group: z.uuid().nullable(),
					served: z.number(),
					via: z.enum(['page', 'import', 'api']),
					by: z.string().nullable()
				})
			)
		})
	),
	missing: z.array(z.object({ day: z.iso.date(), points: z.number() }))
});
const outcome = z.object({
	added: z.number(),
	changed: z.number(),
	removed: z.number(),
	unchanged: z.number()
});
const token = z.object({
	id: z.uuid(),
	name: z.string(),
	unit: texts,
	made_on: z.iso.date(),
	last_used_on: z.iso.date().nullable()
});

export type ServedPage = z.infer<typeof page>;
export type ServedOutcome = z.infer<typeof outcome>;

/** One number to enter; `served` null takes it back, `was` is what stood on the page. */
export interface ServedEntry {
	point: string;
	group: string | null;
	day: string;
	served: number | null;
	was: number | null;
}

/** Points shown at once. */
export const PAGE_SIZE = 40;

export async function read(
	client: SupabaseClient,
	unitId: string,
	{ from, to, search, offset }: { from: string; to: string; search: string; offset: number }
): Promise<ServedPage> {
	const asked = {
		p_unit: unitId,
		p_from: from,
		p_to: to,
		p_search: search || null,
		p_offset: offset
	};
	return page.parse(await dataOf('read served', client.rpc('read_served', asked)));
}

export async function set(client: SupabaseClient, items: ServedEntry[]): Promise<ServedOutcome> {
	const asked = { p_counts: { items } };
	return outcome.parse(await dataOf('set served', client.rpc('set_served', asked)));
}

export async function listTokens(client: SupabaseClient, unitId: string) {
	const rows = await dataOf(
		'list access tokens',
		client.rpc('list_access_tokens', { p_unit: unitId })
	);
	return z.array(token).parse(rows);
}

/** The token is shown once and kept nowhere. */
export async function makeToken(client: SupabaseClient, unitId: string, name: string) {
	const asked = { p_unit: unitId, p_name: name };
	return z
		.object({ id: z.uuid(), token: z.string() })
		.parse(await dataOf('make access token', client.rpc('make_access_token', asked)));
}

export async function revokeToken(client: SupabaseClient, tokenId: string): Promise<void> {
	await dataOf('revoke access token', client.rpc('revoke_access_token', { p_token: tokenId }));
}

/** For machines: all of the numbers or none. */
export async function putByToken(
	client: SupabaseClient,
	secret: string,
	items: unknown[]
): Promise<ServedOutcome> {
	const asked = { p_token: secret, p_counts: { items } };
	return outcome.parse(
		await dataOf('put served by token', client.rpc('put_served_by_token', asked))
	);
}
