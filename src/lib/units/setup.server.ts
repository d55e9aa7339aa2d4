/** What of an office's set-up is there and what is missing: the facts behind the first page of it. */
import type { SupabaseClient } from '@supabase/supabase-js';
import { z } from 'zod';
import { dataOf } from '$lib/server/errors';
import { texts } from './rows';

const state = z.object({
	units: z.number(),
	points: z.number(),
	points_off: z.number(),
	unchecked: z.number(),
	groups: z.number(),
	procedures: z.number(),
	questionnaire: texts.nullable(),
	officers: z.number(),
	leaders: z.number(),
	invited: z.number(),
	data_protection_contact: z.boolean(),
	answered: z.boolean()
});
export type SetupState = z.infer<typeof state>;

export async function readSetupState(client: SupabaseClient, unit: string): Promise<SetupState> {
	return state.parse(
		await dataOf('read set-up state', client.rpc('setup_state', { p_unit: unit }))
	);
}
