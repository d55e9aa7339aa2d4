// A checked batch of paper forms becomes answers: one call, one transaction, once (SQL knows whether it is done).

import { z } from 'zod';
import { JobFailed } from './job-failed.ts';
import type { Handler } from './queue.ts';

const payload = z.object({ batch_id: z.uuid() });

export const recordPaper: Handler = async (job, { client }) => {
	const { batch_id } = payload.parse(job.payload);
	const { data, error } = await client.rpc('record_paper_batch', { p_batch: batch_id });
	if (error) throw new JobFailed(error.code);
	return z.record(z.string(), z.unknown()).parse(data);
};
