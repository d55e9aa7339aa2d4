/**
 * What the head of a unit says about an established fall: every saving is a version. SQL decides who may;
 * throws DatabaseError with its key. Must not know: pages and texts.
 */
import type { SupabaseClient } from '@supabase/supabase-js';
import { z } from 'zod';
import { dataOf } from '$lib/server/errors';

/** An explanation as the refusal of an edit shows it. */
export const keptExplanation = z.object({
	revision: z.number().int(),
	versions: z.array(z.object({ text: z.string() }))
});

export async function putExplanation(
	client: SupabaseClient,
	fall: { unit: string; period: string; measure: string },
	text: string,
	revision: number
): Promise<void> {
	const asked = {
		p_unit: fall.unit,
		p_period: fall.period,
		p_measure: fall.measure,
		p_text: text,
		p_seen: revision
	};
	await dataOf('put explanation', client.rpc('put_explanation', asked));
}
