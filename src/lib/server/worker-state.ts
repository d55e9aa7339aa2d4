// What the worker leaves in DATA_DIR/run/worker.json after each look at its work, for /metrics: names of jobs and times.
// The worker runs this file as it is (Node), the app through its bundle: no imports of ours.

import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const schema = z.object({
	/** When this worker last held the lease. */
	heldAt: z.iso.datetime().optional(),
	jobs: z.record(
		z.string(),
		z.object({ succeededAt: z.iso.datetime().optional(), failing: z.boolean() })
	)
});

export type WorkerState = z.infer<typeof schema>;

const folderOf = (dataDir: string) => join(dataDir, 'run');

export function readWorkerState(dataDir: string): WorkerState | undefined {
	try {
		return schema.parse(JSON.parse(readFileSync(join(folderOf(dataDir), 'worker.json'), 'utf8')));
	} catch {
		return undefined;
	}
}

/** Writes it whole or not at all: it may be read at any moment. */
export function writeWorkerState(dataDir: string, state: WorkerState): void {
	mkdirSync(folderOf(dataDir), { recursive: true, mode: 0o700 });
	const path = join(folderOf(dataDir), 'worker.json');
	writeFileSync(`${path}.tmp`, JSON.stringify(state), { mode: 0o600 });
	renameSync(`${path}.tmp`, path);
}
