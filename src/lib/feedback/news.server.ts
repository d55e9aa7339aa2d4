/** What is new at a unit since the person last looked at its alerts: counts only. */
import type { SupabaseClient } from '@supabase/supabase-js';
import { z } from 'zod';
import { dataOf } from '$lib/server/errors';

const row = z
	.object({
		since: z.iso.date(),
		alerts: z.number(),
		received: z.number(),
		private: z.boolean()
	})
	.transform(({ private: hasPrivate, ...rest }) => ({ ...rest, hasPrivate }));

export type News = z.infer<typeof row>;

/** @throws DatabaseError not_allowed */
export async function readNews(client: SupabaseClient, unit: string): Promise<News> {
	return row.parse(await dataOf('read news', client.rpc('office_news', { p_unit: unit })));
}
