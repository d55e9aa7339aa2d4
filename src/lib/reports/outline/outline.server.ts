/**
 * The outline as it is kept: reading, storing, taking away. SQL decides who may; every function throws
 * DatabaseError with its key. Must not know: what is inside (inspect.server.ts).
 */
import type { SupabaseClient } from '@supabase/supabase-js';
import { z } from 'zod';
import { dataOf } from '$lib/server/errors';

const row = z
	.object({
		organisation: z.uuid(),
		may_change: z.boolean(),
		outline: z
			.object({
				name: z.string(),
				bytes: z.number().int(),
				uploaded_on: z.iso.date(),
				file: z.string().nullable()
			})
			.nullable()
	})
	.transform(({ may_change, organisation, outline }) => ({
		organisation,
		mayChange: may_change,
		outline: outline && {
			name: outline.name,
			bytes: outline.bytes,
			uploadedOn: outline.uploaded_on,
			file: outline.file === null ? null : Buffer.from(outline.file, 'base64')
		}
	}));

/** @param withFile whether its content is wanted too */
export async function readOutline(client: SupabaseClient, unitId: string, withFile = false) {
	const asked = { p_unit: unitId, p_with_file: withFile };
	return row.parse(await dataOf('read outline', client.rpc('read_outline', asked)));
}

export async function putOutline(
	client: SupabaseClient,
	organisationId: string,
	name: string,
	file: Buffer
): Promise<void> {
	const asked = { p_organisation: organisationId, p_name: name, p_file: file.toString('base64') };
	await dataOf('put outline', client.rpc('put_outline', asked));
}

export async function removeOutline(client: SupabaseClient, organisationId: string): Promise<void> {
	const asked = { p_organisation: organisationId };
	await dataOf('remove outline', client.rpc('remove_outline', asked));
}
