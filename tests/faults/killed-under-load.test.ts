// The promise under test: nothing is ever acknowledged and lost, and nothing counts twice. Citizens answer without
// a pause, and repeat what failed, while the app, the Supabase API, Postgres and the supervisor are killed in turn.

import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ROOT, withDatabase } from '../../supabase/local/migrations.ts';
import { readPidFile } from '../../supabase/local/processes.ts';
import { openForm, postForm, type OpenedForm } from '../support/citizen.ts';
import { ProductProcess } from '../support/product.ts';

const CITIZENS = 24;

/** Letters only: nothing in it may look like a number that somebody should mask. */
const newMark = () =>
	`dấu ${randomBytes(12)
		.toString('hex')
		.replace(/\d/g, (d) => 'ghijklmnop'[Number(d)]!)}`;

/** What citizens were told: marks (in the comment) that were thanked for, and those they never heard of. */
interface Told {
	thanked: Set<string>;
	unheard: Set<string>;
	/** Answers posted more than once because the first post was not answered. */
	repeated: number;
}

/** Answers again and again until `signal`; a post without thanks is repeated with the same form. */
async function keepAnswering(points: string[], told: Told, signal: AbortSignal): Promise<void> {
	while (!signal.aborted) {
		const url = points[Math.floor(Math.random() * points.length)]!;
		let form: OpenedForm;
		try {
			form = await openForm(url);
		} catch {
			await sleep(50);
			continue;
		}
		const mark = newMark();
		const answers = { S0: String(1 + Math.floor(Math.random() * 5)), comment: mark };
		told.unheard.add(mark);
		for (let tries = 0; tries < 200; tries++) {
			const status = await postForm(form, answers).then(
				(answer) => answer.status,
				() => 0
			);
			if (status === 200) {
				told.unheard.delete(mark);
				told.thanked.add(mark);
				if (tries > 0) told.repeated++;
				break;
			}
			if (signal.aborted) return;
			await sleep(50);
		}
	}
}

describe('answers under load', () => {
	let product: ProductProcess;
	let points: string[];
	const told: Told = { thanked: new Set(), unheard: new Set(), repeated: 0 };
	let responsesBefore = 0;
	let ticketsBefore = 0;

	const count = (table: string) =>
		withDatabase(product.facts().databaseUrl, async (client) => {
			const { rows } = await client.query<{ n: number }>(`select count(*)::int as n from ${table}`);
			return rows[0]!.n;
		});

	/** How often each mark is in the database. */
	const stored = () =>
		withDatabase(product.facts().databaseUrl, async (client) => {
			const { rows } = await client.query<{ body: string; n: number }>(
				`select body, count(*)::int as n from public.response_comments where body like 'dấu %' group by body`
			);
			return new Map(rows.map(({ body, n }) => [body, n]));
		});

	const killService = (name: string) => {
		const mark = readPidFile(join(product.dataDir, 'run', `${name}.pid`));
		if (!mark) throw new Error(`${name} does not run`);
		process.kill(mark.pid, 'SIGKILL');
	};

	/** Lets citizens answer, does the harm in their midst, and goes on until answers are thanked for again. */
	async function answerDuring(harm: () => Promise<void> | void): Promise<void> {
		const stop = new AbortController();
		const citizens = Array.from({ length: CITIZENS }, () =>
			keepAnswering(points, told, stop.signal)
		);
		await sleep(1500);
		await harm();
		const thanked = told.thanked.size;
		for (const end = Date.now() + 60_000; told.thanked.size < thanked + 200; await sleep(50)) {
			if (Date.now() > end) break;
		}
		stop.abort();
		await Promise.all(citizens);
		expect(told.thanked.size).toBeGreaterThanOrEqual(thanked + 200);
	}

	async function expectExactlyOnce(): Promise<void> {
		const marks = await stored();
		expect({
			lost: [...told.thanked].filter((mark) => !marks.has(mark)).length,
			twice: [...marks].filter(([, n]) => n > 1).length,
			responses: (await count('public.responses')) - responsesBefore,
			tickets: (await count('private.spent_tickets')) - ticketsBefore
		}).toEqual({ lost: 0, twice: 0, responses: marks.size, tickets: marks.size });
	}

	beforeAll(async () => {
		product = await ProductProcess.start();
		points = product.facts().servicePoints.map(({ url }) => url.replace('localhost', '127.0.0.1'));
		responsesBefore = await count('public.responses');
		ticketsBefore = await count('private.spent_tickets');
	});
	afterAll(() => product.remove());

	it.each(['app', 'api', 'postgres'])(
		'are there exactly once after kill -9 of %s',
		async (name) => {
			await answerDuring(() => killService(name));
			await expectExactlyOnce();
		}
	);

	it('are there exactly once after kill -9 of the supervisor and a new start', async () => {
		await answerDuring(async () => {
			await product.stop('SIGKILL');
			await sleep(500);
			product = await ProductProcess.start({ dataDir: product.dataDir, port: product.port });
		});
		await expectExactlyOnce();
	});

	it('are there exactly once after a Ctrl-C in their midst and a new start', async () => {
		await answerDuring(async () => {
			expect(await product.stop('SIGINT')).toBe(0);
			product = await ProductProcess.start({ dataDir: product.dataDir, port: product.port });
		});
		await expectExactlyOnce();
	});

	it('agree with the recount', ({ skip }) => {
		const recount = join(ROOT, 'supabase/local/recount.ts');
		if (!existsSync(recount)) skip('there is no recount yet');
		console.log(
			`${told.thanked.size} answers thanked for, ${told.repeated} of them posted again, ${told.unheard.size} never heard of`
		);
		const { status, stdout, stderr } = spawnSync(process.execPath, [recount], {
			cwd: ROOT,
			encoding: 'utf8',
			env: { ...process.env, DATA_DIR: product.dataDir }
		});
		expect({ status, words: status === 0 ? '' : stdout + stderr }).toEqual({
			status: 0,
			words: ''
		});
	});
});
