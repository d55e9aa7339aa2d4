// Complete durable answers per second against the same app on a database that stores nothing, and against one call
// per answer. The sides take turns, so that a busy machine is busy for all of them.

import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ROOT, withDatabase } from '../../supabase/local/migrations.ts';
import { answers, freePort } from '../../supabase/local/ports.ts';
import type { Product } from '../support/product.ts';
import { answersPerSecond, singleCallsPerSecond } from './citizens.ts';
import type { Report } from './report.ts';

const SECONDS = Number(process.env.BENCH_SECONDS ?? 10);
const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 3);

async function start(
	args: string[],
	env: Record<string, string>,
	port: number
): Promise<ChildProcess> {
	const base = {
		PATH: process.env.PATH,
		NODE_ENV: 'production',
		HOST: '127.0.0.1',
		PORT: String(port)
	};
	const child = spawn(process.execPath, args, {
		cwd: ROOT,
		env: { ...base, ...env },
		stdio: 'ignore'
	});
	for (const end = Date.now() + 20_000; !(await answers(port)); await sleep(100)) {
		if (Date.now() > end) throw new Error(`${args.at(-1)} does not start`);
	}
	return child;
}

/** The first point of the demo with the quick form. */
async function quickPoint(product: Product) {
	const tokens = product.servicePoints.map(({ url }) => new URL(url).pathname.split('/').at(-1));
	return withDatabase(product.databaseUrl, async (client) => {
		const { rows } = await client.query<{ id: string; versionId: string; token: string }>(
			`select p.id, p.version_id as "versionId", p.token
			from public.service_points as p join public.questionnaire_versions as v on v.id = p.version_id
			where p.token = any ($1) and v.definition ->> 'form' = 'quick' order by p.id limit 1`,
			[tokens]
		);
		if (!rows[0]) throw new Error('the demo has no point with the quick form');
		return rows[0];
	});
}

const median = (list: number[]) =>
	[...list].sort((a, b) => a - b)[Math.floor(list.length / 2)] ?? 0;
const rounded = (list: number[]) => list.map((value) => value.toFixed(0)).join(', ');

export async function benchThroughput(product: Product, report: Report): Promise<void> {
	report.heading(
		`Complete durable answers (64 connections, ${ROUNDS} rounds of ${SECONDS} s, in turn)`
	);
	const point = await quickPoint(product);
	const [stubPort, twinPort] = [await freePort(), await freePort()];
	const children: ChildProcess[] = [];
	try {
		const stub = { REAL_URL: product.apiUrl, REAL_KEY: product.publishableKey };
		children.push(await start([join(ROOT, 'tests/load/discarding-supabase.ts')], stub, stubPort));
		const twin = {
			SUPABASE_URL: `http://127.0.0.1:${stubPort}`,
			SUPABASE_PUBLISHABLE_KEY: product.publishableKey,
			TICKET_SECRET: product.ticketSecret,
			BODY_SIZE_LIMIT: '11M'
		};
		children.push(
			await start(['--enable-source-maps', join(ROOT, 'build/index.js')], twin, twinPort)
		);
		const ours = `${product.url}/s/${point.token}`;
		const theirs = `http://127.0.0.1:${twinPort}/s/${point.token}`;
		await answersPerSecond(ours, 3);
		await answersPerSecond(theirs, 3);
		const [durable, discarded, single]: [number[], number[], number[]] = [[], [], []];
		const api = {
			url: product.apiUrl,
			key: product.publishableKey,
			ticketSecret: product.ticketSecret
		};
		for (let round = 0; round < ROUNDS; round++) {
			durable.push(await answersPerSecond(ours, SECONDS));
			discarded.push(await answersPerSecond(theirs, SECONDS));
			single.push(
				await singleCallsPerSecond(api, { ...point, ratings: [4, 5, 4, 3, null] }, SECONDS / 2)
			);
		}
		report.raw('stored, per second', rounded(durable));
		report.raw('the same app storing nothing, per second', rounded(discarded));
		report.raw('one call per answer (no form, no page), per second', rounded(single));
		const ratios = durable.map((value, n) => value / (discarded[n] ?? Infinity));
		report.target('stored ÷ storing nothing', median(ratios), { atLeast: 0.8 });
		report.target('stored ÷ one call per answer', median(durable) / median(single), { atLeast: 5 });
		report.raw('beside, on 2 cores', 'LimeSurvey 14.8/s, Formbricks 31.5/s');
	} finally {
		for (const child of children) child.kill();
	}
}
