// The worker: timed work that no request waits for (`npm run worker`; `npm start` starts it too). Node runs this
// file as it is, hence the relative imports with their endings. Two workers do no harm: only the holder of a
// lease in the database works, and a lease that is not renewed runs out.

import { hostname } from 'node:os';
import { Cron } from 'croner';
import pino from 'pino';
import { createSecretClient } from '../secret-client.ts';
import { writeWorkerState, type WorkerState } from '../worker-state.ts';
import { JobFailed } from './job-failed.ts';
import { JOBS } from './jobs.ts';
import { sendOutbox } from './outbox.ts';
import { workQueue } from './queue.ts';

const LEASE = 'worker';
/** Two missed minutes lose the lease. */
const LEASE_SECONDS = 150;

const log = pino({ base: null, timestamp: pino.stdTimeFunctions.isoTime });
const holder = `${hostname()}-${process.pid}-${crypto.randomUUID().slice(0, 8)}`;
const client = clientOrExit();
const done = new Map<string, number>();
const state: WorkerState = { jobs: {} };
let holds: boolean | undefined;

function clientOrExit(): ReturnType<typeof createSecretClient> {
	try {
		return createSecretClient(process.env);
	} catch (error) {
		log.fatal((error as Error).message);
		process.exit(1);
	}
}

/** Takes or renews the lease; undefined without an answer, and then nobody may assume to hold it. */
async function claim(): Promise<boolean | undefined> {
	const { data, error } = await client
		.rpc('claim_lease', { p_name: LEASE, p_holder: holder, p_seconds: LEASE_SECONDS })
		.abortSignal(AbortSignal.timeout(10_000));
	if (error) log.warn({ code: error.code }, 'the database did not answer');
	return error ? undefined : data;
}

/** Notes for /metrics how it stands. A full disk must not stop the work. */
function note(): void {
	if (holds) state.heldAt = new Date().toISOString();
	try {
		writeWorkerState(process.env.DATA_DIR ?? '.data', state);
	} catch (error) {
		log.warn({ error: (error as Error).name }, 'the state of the worker could not be written');
	}
}

async function tick(): Promise<void> {
	const had = holds;
	holds = await claim();
	note();
	if (holds !== undefined && holds !== had) {
		log.info(holds ? 'holds the lease' : 'waits: another worker holds the lease');
	}
	if (!holds) return;
	for (const { name, every, run } of JOBS) {
		if (Date.now() - (done.get(name) ?? 0) < every) continue;
		const began = performance.now();
		try {
			const result = await run(client);
			done.set(name, Date.now());
			state.jobs[name] = { succeededAt: new Date().toISOString(), failing: false };
			log.info({ job: name, ms: Math.round(performance.now() - began), result }, 'done');
		} catch (error) {
			const code = error instanceof JobFailed ? error.code : (error as Error).name;
			state.jobs[name] = { ...state.jobs[name], failing: true };
			log.error({ job: name, code }, 'failed; tried again in a minute');
		}
		// A long job must not cost the lease.
		holds = await claim();
		note();
		if (!holds) return;
	}
}

const { SMTP_URL: smtpUrl, MAIL_FROM: from, PUBLIC_URL: publicUrl, ORIGIN: origin } = process.env;
const outbox = {
	smtpUrl,
	from: from ?? 'langnghe@localhost.localdomain',
	publicUrl: publicUrl ?? origin ?? 'http://localhost:3000',
	allowPrivateHosts: process.env.WEBHOOK_PRIVATE_HOSTS === 'on'
};

/** The outbox is looked at more often than timed work: somebody waits for it. Without SMTP_URL mail waits. */
async function sendMail(): Promise<void> {
	if (!holds) return;
	const counts = await sendOutbox(client, outbox);
	if (counts.sent + counts.failed + counts.dropped > 0) log.info(counts, 'outbox');
}

/** One job after the other, until none waits or the lease is gone. */
async function doQueue(): Promise<void> {
	while (holds) {
		const done = await workQueue(client);
		if (!done) return;
		if (done.code) log.error(done, 'a job failed');
		else log.info(done, 'a job is done');
	}
}

const guarded = () =>
	tick().catch((error: unknown) => log.error({ error: (error as Error).name }, 'tick failed'));
const clock = new Cron('* * * * *', { protect: true }, guarded);
const post = new Cron('*/5 * * * * *', { protect: true }, () =>
	sendMail().catch((error: unknown) => {
		const code = error instanceof JobFailed ? error.code : (error as Error).name;
		log.error({ code }, 'mail failed');
	})
);
const queue = new Cron('*/2 * * * * *', { protect: true }, () =>
	doQueue().catch((error: unknown) => {
		const code = error instanceof JobFailed ? error.code : (error as Error).name;
		log.error({ code }, 'the queue could not be read');
	})
);
await guarded();

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
	process.once(signal, () => {
		clock.stop();
		post.stop();
		queue.stop();
		// Give the lease back, so that the next worker need not wait for it to run out.
		const free = client.rpc('claim_lease', { p_name: LEASE, p_holder: holder, p_seconds: 0 });
		void Promise.race([
			holds ? free : undefined,
			new Promise((next) => setTimeout(next, 1500))
		]).then(() => process.exit(0));
	});
}
