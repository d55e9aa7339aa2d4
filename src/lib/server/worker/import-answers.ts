// Records the answers of an earlier survey, a thousand rows at a time. The rows lie in the database already: nothing
// of them passes through here, so a long file needs no more memory than a short one, and what has been recorded is
// noted with the recording itself: a worker that is killed goes on with the next row.

import { z } from 'zod';
import { JobFailed } from './job-failed.ts';
import type { Handler } from './queue.ts';

const CHUNK = 1000;

const step = z.object({
	done: z.boolean(),
	processed: z.number().nullish(),
	total: z.number().nullish(),
	recorded: z.number().nullish()
});

export const importAnswers: Handler = async (job, { client, report }) => {
	const id = z.uuid().parse(job.payload.import_id);
	for (;;) {
		const { data, error } = await client.rpc('record_import_chunk', {
			p_import: id,
			p_rows: CHUNK
		});
		if (error) throw new JobFailed(error.code);
		const { done, processed, total, recorded } = step.parse(data);
		await report(processed ?? 0, total ?? undefined);
		if (done) return { recorded: recorded ?? 0 };
	}
};
