// From `npm start` to the first page: on an empty DATA_DIR, on one that is already there, and from a fresh clone.

import { spawn, spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ROOT } from '../../supabase/local/migrations.ts';
import { freePort } from '../../supabase/local/ports.ts';
import { temporaryFolder } from '../../supabase/local/throwaway.ts';
import { removeDataDir } from '../support/product.ts';
import type { Report } from './report.ts';

const statusOf = (url: string) =>
	fetch(url).then(
		(answer) => answer.arrayBuffer().then(() => answer.status),
		() => 0
	);

/** Runs `npm start` until a page answers, and stops it again; in words. */
async function untilFirstPage(root: string, dataDir: string, patience: number): Promise<string> {
	const port = await freePort();
	const began = performance.now();
	const child = spawn('npm', ['start'], {
		cwd: root,
		env: { ...process.env, DATA_DIR: dataDir, PORT: String(port), HOST: '127.0.0.1' },
		stdio: ['ignore', 'pipe', 'pipe']
	});
	let output = '';
	for (const stream of [child.stdout, child.stderr]) {
		stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
	}
	const exit = new Promise<void>((resolve) => child.once('close', () => resolve()));
	let seconds: number | undefined;
	for (
		const end = began + patience * 1000;
		performance.now() < end && child.exitCode === null;
		await sleep(50)
	) {
		if ((await statusOf(`http://127.0.0.1:${port}/results`)) !== 200) continue;
		seconds = (performance.now() - began) / 1000;
		break;
	}
	child.kill('SIGTERM');
	await Promise.race([exit, sleep(30_000)]);
	return seconds
		? `${seconds.toFixed(1)} s`
		: `it did not start: ${output.trim().split('\n').at(-1)?.slice(0, 200)}`;
}

export async function benchStart(report: Report): Promise<void> {
	report.heading('From npm start to the first page');
	const dataDir = temporaryFolder();
	report.raw(
		'installed and built, first start (makes database and demo)',
		await untilFirstPage(ROOT, dataDir, 300)
	);
	report.raw('installed and built, started again', await untilFirstPage(ROOT, dataDir, 120));
	removeDataDir(dataDir);

	const folder = temporaryFolder();
	const clone = join(folder, 'lang-nghe');
	const { status } = spawnSync('git', ['clone', '--quiet', ROOT, clone]);
	const first =
		status === 0 ? await untilFirstPage(clone, join(folder, 'data'), 900) : 'git clone failed';
	report.raw('fresh clone (packages, build, database, demo)', first);
	removeDataDir(join(folder, 'data'));
	rmSync(folder, { recursive: true, force: true });
}
