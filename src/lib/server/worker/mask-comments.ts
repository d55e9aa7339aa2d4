// The job `mask_comments`: masks released comments in batches and files them. It is asked for by the release itself
// (a trigger in 20261104000800_comments.sql). Killed half-way it is taken again and goes on with what is left: a batch
// is one transaction, and the same batch twice does no harm.

import type { SupabaseClient } from '@supabase/supabase-js';
import { z } from 'zod';
import { isInsulting } from '../../feedback/comments/insults.ts';
import { mask, MASKING_RULES } from '../../feedback/comments/masking.ts';
import { phrasesOf } from '../../feedback/comments/phrases.ts';
import { themeOf } from '../../feedback/comments/themes.ts';
import type { Database } from '../database.types.ts';
import { JobFailed } from './job-failed.ts';
import type { Handler } from './queue.ts';

type Client = SupabaseClient<Database>;

const BATCH = 500;
const waiting = z.array(z.object({ id: z.uuid(), body: z.string() }));

/** What is kept of a comment besides its own words. */
export function preparedComment({ id, body }: { id: string; body: string }) {
	const { text } = mask(body);
	return {
		id,
		masked: text,
		insulting: isInsulting(body),
		theme: themeOf(text),
		phrases: phrasesOf(text)
	};
}

/** Masks all that waits; resolves to how many. @param each called after every batch, to keep the job */
export async function maskComments(
	client: Client,
	each: (done: number) => Promise<void> = async () => {}
): Promise<number> {
	for (let done = 0; ;) {
		const asked = { p_rules: MASKING_RULES, p_limit: BATCH };
		const { data, error } = await client.rpc('comments_to_mask', asked);
		if (error) throw new JobFailed(error.code);
		const items = waiting.parse(data).map(preparedComment);
		if (items.length === 0) return done;
		const kept = await client.rpc('keep_masked_comments', {
			p_rules: MASKING_RULES,
			batch: { items }
		});
		if (kept.error) throw new JobFailed(kept.error.code);
		done += items.length;
		await each(done);
	}
}

/** Masks and files; the counts are the job's result. */
export const maskAndFile: Handler = async (_job, { client, report }) => {
	const masked = await maskComments(client, (done) => report(done));
	const { error } = await client.rpc('file_comments');
	if (error) throw new JobFailed(error.code);
	return { masked };
};
