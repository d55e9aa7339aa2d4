// The queue: jobs that somebody asked for (an import, an archive) and that wait in `public.jobs`, written in the same
// transaction as what causes them. Kinds are listed here; each has a module of its own beside this one.

import type { SupabaseClient } from '@supabase/supabase-js';
import { z } from 'zod';
import type { Database } from '../database.types.ts';
import { importAnswers } from './import-answers.ts';
import { archive } from './archive.ts';
import { JobFailed } from './job-failed.ts';
import { maskAndFile } from './mask-comments.ts';
import { recordPaper } from './paper-batch.ts';

const claimed = z.object({
	id: z.uuid(),
	kind: z.string(),
	organisation_id: z.uuid().nullable(),
	payload: z.record(z.string(), z.unknown()),
	attempts: z.number(),
	asked_by: z.uuid().nullable()
});

export type QueuedJob = z.infer<typeof claimed>;
type Client = SupabaseClient<Database>;

export interface QueueTools {
	client: Client;
	/** Says how far the job is and keeps it for another two minutes: call it between steps. */
	report: (progress: number, of?: number) => Promise<void>;
}

/** Does one job; what it resolves to is kept as the job's result (counts, never an answer). */
export type Handler = (
	job: QueuedJob,
	tools: QueueTools
) => Promise<Record<string, unknown> | undefined>;

/** Every kind of job and who does it. */
export const HANDLERS: Record<string, Handler> = {
	import_answers: importAnswers,
	archive,
	mask_comments: maskAndFile,
	paper_batch: recordPaper
};

async function rpc(
	client: Client,
	name: 'claim_job' | 'report_job' | 'finish_job',
	values: Record<string, unknown>
): Promise<unknown> {
	const { data, error } = await client.rpc(name, values as never);
	if (error) throw new JobFailed(error.code);
	return data;
}

/** Takes one waiting job and does it; false when none waits. Never throws for what a job did wrong. */
export async function workQueue(
	client: Client,
	handlers: Record<string, Handler> = HANDLERS
): Promise<false | { kind: string; code?: string }> {
	const kinds = Object.keys(handlers);
	if (kinds.length === 0) return false;
	const taken = await rpc(client, 'claim_job', { p_kinds: kinds });
	if (!taken) return false;
	const job = claimed.parse(taken);
	const report = async (progress: number, of?: number) => {
		await rpc(client, 'report_job', { p_job: job.id, p_progress: progress, p_of: of });
	};
	try {
		const result = await handlers[job.kind]!(job, { client, report });
		await rpc(client, 'finish_job', { p_job: job.id, p_result: result ?? {} });
		return { kind: job.kind };
	} catch (error) {
		const code = error instanceof JobFailed ? error.code : (error as Error).name;
		await rpc(client, 'finish_job', { p_job: job.id, p_error: code });
		return { kind: job.kind, code };
	}
}
