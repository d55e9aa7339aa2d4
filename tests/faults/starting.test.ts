// What a person meets when starting does not go as it should: each is one sentence with the way out, and after
// `kill -9` of anything the next start works.

import { spawnSync } from 'node:child_process';
import {
	chmodSync,
	existsSync,
	mkdirSync,
	mkdtempSync,
	readdirSync,
	readFileSync,
	rmSync,
	writeFileSync
} from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { createServer as createHttpServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answers } from '../../supabase/local/ports.ts';
import { isAlive, readPidFile, type ProcessMark } from '../../supabase/local/processes.ts';
import { temporaryFolder } from '../../supabase/local/throwaway.ts';
import { ProductProcess, removeDataDir } from '../support/product.ts';

const SERVICES = ['postgres', 'api', 'app', 'worker'] as const;
const isRoot = process.getuid?.() === 0;

const serviceMark = (dataDir: string, name: string): ProcessMark => {
	const mark = readPidFile(join(dataDir, 'run', `${name}.pid`));
	if (!mark) throw new Error(`${name} does not run`);
	return mark;
};

/** Processes that still hold anything of this folder open or were started for it. */
const processesOf = (dataDir: string): string[] =>
	readdirSync('/proc')
		.filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
		.filter((pid) => {
			try {
				const all = ['cmdline', 'environ'].map((file) =>
					readFileSync(`/proc/${pid}/${file}`, 'utf8')
				);
				return all.some((text) => text.includes(dataDir));
			} catch {
				return false;
			}
		});

const isHealthy = async (port: number) => {
	try {
		return (await fetch(`http://127.0.0.1:${port}/healthz`)).status === 200;
	} catch {
		return false;
	}
};

async function until(condition: () => boolean | Promise<boolean>, seconds = 60): Promise<void> {
	for (const end = Date.now() + seconds * 1000; !(await condition()); await sleep(100)) {
		if (Date.now() > end) {
			throw new Error(`still not so after ${seconds} s: ${condition.toString()}`);
		}
	}
}

/** Starts what cannot start, and gives back what it printed beside the progress. */
async function refusal(options: Parameters<typeof ProductProcess.launch>[0]): Promise<string> {
	const product = await ProductProcess.launch(options);
	await until(() => product.exitCode !== undefined, 60);
	expect(product.exitCode).toBe(1);
	expect(product.output).not.toMatch(/\n\s+at /);
	if (!options?.dataDir) removeDataDir(product.dataDir);
	return product.output;
}

describe('a running installation', () => {
	let product: ProductProcess;
	const blank = (dataDir?: string, port?: number) =>
		ProductProcess.start({
			args: ['--blank'],
			...(dataDir ? { dataDir } : {}),
			...(port ? { port } : {})
		});

	beforeAll(async () => {
		product = await blank();
	});
	afterAll(() => product.remove());

	it('prints its address and a one-time link to set it up, and holds no demo', async () => {
		await until(() => product.output.includes('Ctrl-C'));
		const url = `http://localhost:${product.port}`;
		expect(product.output).toContain(url);
		const link = new RegExp(`${url}/first-setup/\\S+`).exec(product.output)?.[0];
		expect((await fetch(link!)).status).toBe(200);
		expect(existsSync(join(product.dataDir, 'demo.json'))).toBe(false);
	});

	it('keeps its secrets to itself', () => {
		const secrets = join(product.dataDir, 'secrets.json');
		const mode = spawnSync(
			'stat',
			['-c', '%a', secrets, join(product.dataDir, 'supabase/config.toml')],
			{
				encoding: 'utf8'
			}
		);
		expect(mode.stdout.trim().split('\n')).toEqual(['600', '600']);
		const values = Object.values(
			JSON.parse(readFileSync(secrets, 'utf8')) as Record<string, string>
		);
		for (const log of readdirSync(join(product.dataDir, 'logs'))) {
			const text = readFileSync(join(product.dataDir, 'logs', log), 'utf8');
			expect(
				values.filter((value) => !value.startsWith('sb_publishable_') && text.includes(value))
			).toEqual([]);
		}
	});

	it('is left alone by a second start, which says so in one sentence', async () => {
		const output = await refusal({ dataDir: product.dataDir, args: ['--blank'] });
		expect(output.trim().split('\n')).toHaveLength(1);
		expect(output).toContain('already runs');
		expect(await isHealthy(product.port)).toBe(true);
	});

	it('says 503 on /healthz within seconds while the database does not answer, and 200 again after', async () => {
		const ask = () => fetch(`http://127.0.0.1:${product.port}/healthz`);
		const { pid } = serviceMark(product.dataDir, 'api');
		process.kill(pid, 'SIGSTOP');
		const began = Date.now();
		const away = await ask();
		process.kill(pid, 'SIGCONT');
		expect(Date.now() - began).toBeLessThan(8000);
		expect(away.status).toBe(503);
		expect(await away.json()).toEqual({ status: 'unavailable' });
		await until(async () => (await ask()).status === 200);
		expect(await (await ask()).json()).toMatchObject({ status: 'ok' });
	});

	it.each(SERVICES)('starts %s again when it is killed', async (name) => {
		const killed = serviceMark(product.dataDir, name);
		process.kill(killed.pid, 'SIGKILL');
		await until(() => {
			const now = readPidFile(join(product.dataDir, 'run', `${name}.pid`));
			return now !== undefined && now.pid !== killed.pid;
		});
		await until(() => isHealthy(product.port));
		expect(serviceMark(product.dataDir, name).pid).not.toBe(killed.pid);
	});

	it('starts again after its supervisor is killed, and takes over what was left', async () => {
		const left = SERVICES.map((name) => serviceMark(product.dataDir, name));
		await product.stop('SIGKILL');
		expect(left.every(isAlive)).toBe(true);
		product = await blank(product.dataDir, product.port);
		expect(left.some(isAlive)).toBe(false);
		expect(await isHealthy(product.port)).toBe(true);
	});

	it('starts again after everything is killed at once', async () => {
		const left = SERVICES.map((name) => serviceMark(product.dataDir, name));
		product.child.kill('SIGKILL');
		for (const { pid } of left) process.kill(pid, 'SIGKILL');
		await product.stop('SIGKILL');
		product = await blank(product.dataDir, product.port);
		expect(await isHealthy(product.port)).toBe(true);
	});

	it('starts again after it is killed while starting', async () => {
		await product.stop();
		for (const delay of [50, 400, 800, 1500]) {
			const early = await ProductProcess.launch({ dataDir: product.dataDir, args: ['--blank'] });
			await sleep(delay);
			await early.stop('SIGKILL');
		}
		product = await blank(product.dataDir, product.port);
		expect(await isHealthy(product.port)).toBe(true);
	});

	it('stops by itself when npm is killed, and the next start waits for that', async () => {
		await product.stop();
		const { dataDir, port } = product;
		const byNpm = await ProductProcess.start({ dataDir, port, npm: true, args: ['--blank'] });
		await byNpm.stop('SIGKILL');
		product = await blank(dataDir, port);
		expect(await isHealthy(port)).toBe(true);
	});

	it('leaves no process and no open port after Ctrl-C', async () => {
		const { apiUrl, databaseUrl } = product.facts();
		expect(await product.stop('SIGINT')).toBe(0);
		expect(processesOf(product.dataDir)).toEqual([]);
		for (const url of [apiUrl, databaseUrl, `http://127.0.0.1:${product.port}`]) {
			expect(await answers(Number(new URL(url).port))).toBe(false);
		}
		expect(existsSync(join(product.dataDir, 'postgres/postmaster.pid'))).toBe(false);
	});

	it('leaves no process when Ctrl-C comes while it starts', async () => {
		for (const delay of [100, 600, 1200]) {
			const early = await ProductProcess.launch({ dataDir: product.dataDir, args: ['--blank'] });
			await sleep(delay);
			// Before it listens to signals it has started nothing either.
			expect(await early.stop('SIGINT')).toBeOneOf([0, null]);
			expect(processesOf(product.dataDir)).toEqual([]);
		}
	});
});

describe('a start that cannot succeed', () => {
	it('names a taken port', async () => {
		const server = createServer();
		await new Promise<void>((resolve) => server.listen(0, '0.0.0.0', resolve));
		const { port } = server.address() as AddressInfo;
		const output = await refusal({ port });
		server.close();
		expect(output.trim()).toBe(
			`Port ${port} is taken by another program: stop that program, or choose another port with PORT=${port + 1} npm start.`
		);
	});

	it.each([
		['PORT', 'eighty', 'PORT must be a number from 1 to 65535.'],
		[
			'ORIGIN',
			'langnghe.example',
			'ORIGIN must be an address such as https://langnghe.example.vn.'
		],
		['TICKET_SECRET', 'short', 'TICKET_SECRET must have at least 32 characters.'],
		['SUPABASE_URL', 'https://x.example', 'SUPABASE_PUBLISHABLE_KEY is needed with SUPABASE_URL.']
	])('names a wrong %s', async (name, value, sentence) => {
		expect((await refusal({ env: { [name]: value } })).trim()).toBe(sentence);
	});

	it('names a DATA_DIR that is a file', async () => {
		const folder = temporaryFolder();
		writeFileSync(join(folder, 'file'), '');
		const output = await refusal({ dataDir: join(folder, 'file/data') });
		expect(output).toContain('choose another place with DATA_DIR');
		rmSync(folder, { recursive: true });
	});

	it('names a full disk', async ({ skip }) => {
		const folder = temporaryFolder();
		const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=20m', 'tmpfs', folder]);
		if (mounted.status !== 0) skip('mounting a small disk is not allowed here');
		try {
			const output = await refusal({ dataDir: join(folder, 'data') });
			expect(output.trim()).toMatch(/^The disk that holds .* is full: free at least 500 MB there/);
		} finally {
			spawnSync('umount', [folder]);
			rmSync(folder, { recursive: true, force: true });
		}
	});

	it('tells that a Supabase elsewhere has an older schema, and the command to run', async () => {
		const old = createHttpServer((_, response) => {
			response.setHeader('content-type', 'application/json').end('{"schema":"20200101000000"}');
		});
		await new Promise<void>((resolve) => old.listen(0, '127.0.0.1', resolve));
		const { port } = old.address() as AddressInfo;
		const output = await refusal({
			env: {
				SUPABASE_URL: `http://127.0.0.1:${port}`,
				SUPABASE_PUBLISHABLE_KEY: 'sb_publishable_of_another',
				SUPABASE_SECRET_KEY: 'sb_secret_of_another'
			}
		});
		old.close();
		expect(output).toContain('is at 20200101000000');
		expect(output).toContain('npm run migrate');
	});
});

describe('folders that Postgres may not enter', () => {
	it.skipIf(!isRoot)(
		'are said, and the database lies where it may, and is found again',
		async () => {
			const closed = mkdtempSync(join(tmpdir(), 'lang-nghe-closed-'));
			chmodSync(closed, 0o700);
			const dataDir = join(closed, 'data');
			mkdirSync(dataDir);
			const first = await ProductProcess.start({ dataDir, args: ['--blank'] });
			expect(first.output).toMatch(/may not enter .*: the database lies in \/var\/lib\/lang-nghe/);
			const { databaseUrl } = first.facts();
			expect(databaseUrl).toContain('127.0.0.1');
			await first.stop();
			const second = await ProductProcess.start({ dataDir, args: ['--blank'], port: first.port });
			expect(second.output).not.toContain('Pushing');
			await second.remove();
			rmSync(closed, { recursive: true });
		}
	);
});
