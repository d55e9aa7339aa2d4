// The timed work and how often it is looked at. Whether something is due, and what then happens, SQL decides
// (a release once per working day): so it does no harm to ask too often, or twice.

import type { SupabaseClient } from '@supabase/supabase-js';
import { z } from 'zod';
import type { Database } from '../database.types.ts';
import { lookForChanges } from './alerts.ts';
import { clearArchives } from './archive.ts';
import { hashPublished } from './hash-published.ts';
import { JobFailed } from './job-failed.ts';

export interface Job {
	name: string;
	/** How long after a good run it is not asked again, in ms. */
	every: number;
	run: (client: SupabaseClient<Database>) => Promise<unknown>;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** Functions of SQL without arguments that know themselves whether something is due. */
type TimedFunction =
	| 'release_figures'
	| 'publish_demo'
	| 'flag_answers'
	| 'roll_ticket_partitions'
	| 'check_recording'
	| 'sweep_imports'
	| 'tidy_slips'
	| 'tidy_paper'
	| 'queue_digests';

const call =
	(name: TimedFunction) =>
	async (client: SupabaseClient<Database>): Promise<unknown> => {
		const { data, error } = await client.rpc(name).abortSignal(AbortSignal.timeout(10 * MINUTE));
		if (error) throw new JobFailed(error.code);
		return data;
	};

/** A run of the clearing ends after this, so that the lease is renewed; the next tick goes on. */
const CLEARING_MS = MINUTE;
const clearing = z.object({
	more: z.boolean(),
	removed: z.record(z.string(), z.number()).optional()
});

/** Work in steps: each is a transaction of its own and may be the last one. */
const stepwise =
	(name: 'enforce_retention' | 'delete_organisations') =>
	async (client: SupabaseClient<Database>): Promise<unknown> => {
		const end = Date.now() + CLEARING_MS;
		let steps = 0;
		for (;;) {
			const { data, error } = await client
				.rpc(name, {})
				.abortSignal(AbortSignal.timeout(2 * MINUTE));
			if (error) throw new JobFailed(error.code);
			steps += 1;
			const { more, removed } = clearing.parse(data);
			if (!more || Date.now() > end) return { steps, more, ...(removed && { removed }) };
		}
	};

export const JOBS: Job[] = [
	// Twice a day would do; hourly means a machine that slept through the night is late by an hour only.
	{ name: 'roll ticket partitions', every: 6 * HOUR, run: call('roll_ticket_partitions') },
	{ name: 'sweep imports', every: 6 * HOUR, run: call('sweep_imports') },
	{ name: 'release figures', every: HOUR, run: call('release_figures') },
	// After the release: what the demo has closed, the public reads. A real organisation publishes by its leader alone.
	{ name: 'publish demo', every: HOUR, run: call('publish_demo') },
	// Looks at the days just released, and forgets the pace of points: that is kept for an hour at most.
	{ name: 'flag answers', every: 10 * MINUTE, run: call('flag_answers') },
	// After the release: only a month that has closed is judged, once.
	{ name: 'look for changes', every: HOUR, run: lookForChanges },
	{ name: 'queue digests', every: HOUR, run: call('queue_digests') },
	// Soon after a publication it has its digest; the day's hash is made once.
	{ name: 'hash what is published', every: 5 * MINUTE, run: hashPublished },
	// SQL does it once a day; asked often, so that a clearing that took long goes on soon.
	{ name: 'retention', every: 5 * MINUTE, run: stepwise('enforce_retention') },
	{ name: 'delete organisations', every: 5 * MINUTE, run: stepwise('delete_organisations') },
	{ name: 'archive files', every: 10 * MINUTE, run: (client) => clearArchives(client) },
	// Codes long expired, paper that nobody finished; and spent codes are written anew, so that nothing tells when.
	{ name: 'tidy slips', every: 24 * HOUR, run: call('tidy_slips') },
	{ name: 'tidy paper', every: 24 * HOUR, run: call('tidy_paper') },
	// A test answer that is rolled back: whoever watches /metrics learns that answers are not recorded.
	{ name: 'check recording', every: 5 * MINUTE, run: call('check_recording') }
];
