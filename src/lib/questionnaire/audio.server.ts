/** Reads a recording of a question. Kept for a while: a hall of people plays the same few. */
import type { SupabaseClient } from '@supabase/supabase-js';
import { z } from 'zod';
import { dataOf } from '$lib/server/errors';

const row = z.object({ media_type: z.string(), content: z.string() });

export interface Audio {
	mediaType: string;
	content: Buffer<ArrayBuffer>;
}

/** 200 KB each at most. */
const MAX_REMEMBERED = 100;
const remembered = new Map<string, Audio>();

/** @throws DatabaseError unknown_audio (404) */
export async function readAudio(client: SupabaseClient, id: string): Promise<Audio> {
	const known = remembered.get(id);
	if (known) return known;
	const data = row.parse(await dataOf('read audio', client.rpc('item_audio', { p_audio: id })));
	const audio = { mediaType: data.media_type, content: Buffer.from(data.content, 'base64') };
	if (remembered.size >= MAX_REMEMBERED) remembered.clear();
	remembered.set(id, audio);
	return audio;
}
