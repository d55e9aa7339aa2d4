// Complete durable answers per second against the same app on a database that stores nothing, and on one that stores
// each answer by a call of its own. The sides take turns, so that a busy machine is busy for all of them; the seconds
// of processor that the app itself spends on an answer are printed too, as they hardly depend on what else runs.

import { spawn, type ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ROOT, withDatabase } from '../../supabase/local/migrations.ts';
import { answers, freePort } from '../../supabase/local/ports.ts';
import { readPidFile } from '../../supabase/local/processes.ts';
import type { Product } from '../support/product.ts';
import { answersPerSecond } from './citizens.ts';
import type { Report } from './report.ts';

const SECONDS = Number(process.env.BENCH_SECONDS ?? 10);
const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 5);

/** One side of the comparison: an app and what it reached in each round. */
interface Side {
	name: string;
	url: string;
	pid: number | undefined;
	rates: number[];
	/** Milliseconds of processor per answer. */
	cpu: number[];
}

async function start(
	args: string[],
	env: Record<string, string>
): Promise<{ child: ChildProcess; port: number }> {
	const port = await freePort();
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
	return { child, port };
}

/** An app of the same build on a Supabase that behaves as `mode` says. */
async function twin(product: Product, mode: 'discard' | 'single', children: ChildProcess[]) {
	const script = join(ROOT, 'tests/load/supabase-twin.ts');
	const real = { REAL_URL: product.apiUrl, REAL_KEY: product.publishableKey, MODE: mode };
	const supabase = await start([script], real);
	children.push(supabase.child);
	const app = await start(['--enable-source-maps', join(ROOT, 'build/index.js')], {
		SUPABASE_URL: `http://127.0.0.1:${supabase.port}`,
		SUPABASE_PUBLISHABLE_KEY: product.publishableKey,
		TICKET_SECRET: product.ticketSecret,
		BODY_SIZE_LIMIT: '11M'
	});
	children.push(app.child);
	return { origin: `http://127.0.0.1:${app.port}`, pid: app.child.pid };
}

/** Path of the first point of the demo with the quick form. */
async function quickForm(product: Product): Promise<string> {
	const { rows } = await withDatabase(product.databaseUrl, (client) =>
		client.query<{ token: string }>(
			`select p.token from public.service_points as p join public.questionnaire_versions as v on v.id = p.version_id
			where v.definition ->> 'form' = 'quick' order by p.id limit 1`
		)
	);
	if (!rows[0]) throw new Error('the demo has no point with the quick form');
	return `/s/${rows[0].token}`;
}

/** Milliseconds of processor that a process has used; 0 where /proc does not tell. */
function processorTime(pid: number | undefined): number {
	try {
		const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
		return (Number(fields[11]) + Number(fields[12])) * 10;
	} catch {
		return 0;
	}
}

async function round(side: Side): Promise<void> {
	const [before, began] = [processorTime(side.pid), performance.now()];
	const rate = await answersPerSecond(side.url, SECONDS);
	const count = (rate * (performance.now() - began)) / 1000;
	side.rates.push(rate);
	side.cpu.push((processorTime(side.pid) - before) / count);
}

/** The middle one, or half-way between the two in the middle. */
function median(list: number[]): number {
	const sorted = [...list].sort((a, b) => a - b);
	const at = (n: number) => sorted[Math.floor(n)] ?? 0;
	return (at((sorted.length - 1) / 2) + at(sorted.length / 2)) / 2;
}
const inWords = ({ rates, cpu }: Side) =>
	`${rates.map((rate) => rate.toFixed(0)).join(', ')} per second; the app used ${median(cpu).toFixed(2)} ms of processor each`;

export async function benchThroughput(product: Product, report: Report): Promise<void> {
	report.heading(
		`Complete durable answers (64 connections, ${ROUNDS} rounds of ${SECONDS} s, in turn)`
	);
	const children: ChildProcess[] = [];
	try {
		const path = await quickForm(product);
		const [discard, single] = [
			await twin(product, 'discard', children),
			await twin(product, 'single', children)
		];
		const side = (name: string, origin: string, pid?: number): Side => ({
			name,
			url: origin + path,
			pid,
			rates: [],
			cpu: []
		});
		const stored = side(
			'stored',
			product.url,
			readPidFile(join(product.dataDir, 'run/app.pid'))?.pid
		);
		const nothing = side('the same, storing nothing', discard.origin, discard.pid);
		const oneByOne = side('the same, one call per answer', single.origin, single.pid);
		const sides = [stored, nothing, oneByOne];
		for (const { url } of sides) await answersPerSecond(url, 2);
		for (let n = 0; n < ROUNDS; n++) for (const each of sides) await round(each);
		for (const each of sides) report.raw(each.name, inWords(each));
		const against = (other: Side) =>
			median(stored.rates.map((rate, n) => rate / (other.rates[n] ?? Infinity)));
		report.target('stored ÷ storing nothing (median of the rounds)', against(nothing), {
			atLeast: 0.8
		});
		report.target('stored ÷ one call per answer (median of the rounds)', against(oneByOne), {
			atLeast: 5
		});
		report.raw('beside, on 2 cores', 'LimeSurvey 14.8/s, Formbricks 31.5/s');
	} finally {
		for (const child of children) child.kill();
	}
}
