/** The organisation's webhook: where it leads and how the last call ended. Its secret is shown once. */
import type { SupabaseClient } from '@supabase/supabase-js';
import { z } from 'zod';
import { dataOf } from '$lib/server/errors';

const row = z
	.object({
		url: z.string(),
		last_error: z.string().nullable(),
		answered_on: z.string().nullable()
	})
	.nullable();

export interface Webhook {
	url: string;
	/** A short code, null after a call that was answered. */
	lastError: string | null;
	/** `yyyy-mm-dd` */
	answeredOn: string | null;
}

/** @throws DatabaseError not_allowed */
export async function readWebhook(
	client: SupabaseClient,
	organisation: string
): Promise<Webhook | null> {
	const found = row.parse(
		await dataOf('read webhook', client.rpc('read_webhook', { p_organisation: organisation }))
	);
	return found && { url: found.url, lastError: found.last_error, answeredOn: found.answered_on };
}

/** Resolves to the new secret. @throws DatabaseError not_allowed, unknown_organisation, impossible_url */
export async function setWebhook(
	client: SupabaseClient,
	organisation: string,
	url: string
): Promise<string> {
	const asked = { p_organisation: organisation, p_url: url };
	const made = await dataOf('set webhook', client.rpc('set_webhook', asked));
	return z.object({ secret: z.string() }).parse(made).secret;
}

/** @throws DatabaseError not_allowed */
export async function removeWebhook(client: SupabaseClient, organisation: string): Promise<void> {
	await dataOf('remove webhook', client.rpc('remove_webhook', { p_organisation: organisation }));
}
