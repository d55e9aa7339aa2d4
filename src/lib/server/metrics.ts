/**
 * What a local scraper may read at /metrics: numbers about this process and what the worker and the
 * backup left as notes. Labels are names from the code (route ids, actions, jobs), never a path, an
 * address or anything a person typed. Must not know: HTTP (the route), what an answer is.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import { z } from 'zod';
import { readWorkerState } from './worker-state';

const registers = [new Registry()];
const [registry] = registers as [Registry];
collectDefaultMetrics({ register: registry });

const requests = new Counter({
	name: 'lang_nghe_requests_total',
	help: 'Requests by route (its pattern, never the path), method and status',
	labelNames: ['route', 'method', 'status'],
	registers
});
const requestSeconds = new Histogram({
	name: 'lang_nghe_request_seconds',
	help: 'Time to answer a request',
	labelNames: ['route'],
	buckets: [0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
	registers
});
const databaseSeconds = new Histogram({
	name: 'lang_nghe_rpc_seconds',
	help: 'Time of a call to the database, by what it is for',
	labelNames: ['action', 'outcome'],
	buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
	registers
});
const answers = new Counter({
	name: 'lang_nghe_answers_total',
	help: 'Answers by outcome: recorded, again (the same form once more), refused, turned_away',
	labelNames: ['outcome'],
	registers
});
const batchSize = new Histogram({
	name: 'lang_nghe_batch_size',
	help: 'Answers committed together',
	buckets: [1, 2, 5, 10, 20, 50, 100, 200],
	registers
});

/** Kit knows no other methods; what else is sent must not become a label. */
const METHODS = ['GET', 'HEAD', 'POST', 'OPTIONS', 'PUT', 'PATCH', 'DELETE'];

/** @param route Kit's id of the matched route, null when none matched */
export function observeRequest(
	route: string | null,
	method: string,
	status: number,
	milliseconds: number
): void {
	const name = route ?? 'none';
	const known = METHODS.includes(method) ? method : 'other';
	requests.inc({ route: name, method: known, status });
	requestSeconds.observe({ route: name }, milliseconds / 1000);
}

/** Times one call to the database; the function it gives is called with how it ended. */
export function observeCall(action: string): (outcome: 'ok' | 'failed') => void {
	const end = databaseSeconds.startTimer({ action });
	return (outcome) => void end({ outcome });
}

export type AnswerOutcome = 'recorded' | 'again' | 'refused' | 'turned_away';
export const countAnswer = (outcome: AnswerOutcome): void => answers.inc({ outcome });
export const observeBatch = (size: number): void => batchSize.observe(size);

/** Tells how to ask for the number of answers that wait or are on their way. */
export function watchQueue(length: () => number): void {
	registry.removeSingleMetric('lang_nghe_queue_length');
	new Gauge({
		name: 'lang_nghe_queue_length',
		help: 'Answers that wait to be committed or are on their way',
		registers,
		collect() {
			this.set(length());
		}
	});
}

const dataDir = () => process.env.DATA_DIR ?? '.data';
const lastBackup = z.object({ at: z.coerce.date(), bytes: z.number() });

new Gauge({
	name: 'lang_nghe_last_backup_timestamp_seconds',
	help: 'When the last backup was finished; absent while there is none',
	registers,
	collect() {
		this.reset();
		try {
			const text = readFileSync(join(dataDir(), 'last-backup.json'), 'utf8');
			this.set(lastBackup.parse(JSON.parse(text)).at.getTime() / 1000);
		} catch {
			this.remove();
		}
	}
});

const seconds = (at: string) => Date.parse(at) / 1000;

new Gauge({
	name: 'lang_nghe_worker_lease_age_seconds',
	help: 'How long ago the worker of this machine last held the lease; absent when it never did',
	registers,
	collect() {
		const at = readWorkerState(dataDir())?.heldAt;
		if (at) this.set(Math.max(0, Date.now() / 1000 - seconds(at)));
		else this.remove();
	}
});

new Gauge({
	name: 'lang_nghe_job_last_success_timestamp_seconds',
	help: 'When a job of the worker last ended well ("check recording": the test answer; "release figures": the release rule)',
	labelNames: ['job'],
	registers,
	collect() {
		this.reset();
		for (const [job, { succeededAt }] of Object.entries(readWorkerState(dataDir())?.jobs ?? {})) {
			if (succeededAt) this.set({ job }, seconds(succeededAt));
		}
	}
});

new Gauge({
	name: 'lang_nghe_job_failing',
	help: '1 while the last run of a job failed',
	labelNames: ['job'],
	registers,
	collect() {
		this.reset();
		for (const [job, { failing }] of Object.entries(readWorkerState(dataDir())?.jobs ?? {})) {
			this.set({ job }, failing ? 1 : 0);
		}
	}
});

/** The text for Prometheus, and its content type. */
export async function metricsText(): Promise<{ type: string; text: string }> {
	return { type: registry.contentType, text: await registry.metrics() };
}
