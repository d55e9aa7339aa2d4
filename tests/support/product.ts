// Starts the product as a person would (supabase/local/start.ts in a process of its own), for tests that need it
// running, and for tests that kill it.

import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { readDemo } from '../../supabase/local/announce.ts';
import { readRunning } from '../../supabase/local/installation.ts';
import { ROOT } from '../../supabase/local/migrations.ts';
import { freePort } from '../../supabase/local/ports.ts';
import type { Secrets } from '../../supabase/local/secrets.ts';
import { SETTING_NAMES } from '../../supabase/local/settings.ts';
import { temporaryFolder } from '../../supabase/local/throwaway.ts';

/** What a test may know about the running product. Plain data: vitest hands it to every test process. */
export interface Product {
	/** Of the web pages, without a slash at its end. */
	url: string;
	/** Of the Supabase API. */
	apiUrl: string;
	publishableKey: string;
	secretKey: string;
	ticketSecret: string;
	/** Of the owner, for checks by SQL. */
	databaseUrl: string;
	dataDir: string;
	/** Service points of the demo; empty without it. */
	servicePoints: { unit: string; label: string; url: string }[];
	/** One account per role in the demo; empty without it. */
	accounts: { role: string; unit: string; email: string; password: string }[];
}

export interface StartOptions {
	dataDir?: string;
	port?: number;
	args?: string[];
	env?: Record<string, string>;
	/** By `npm start`, as a person would, instead of the script that it runs. */
	npm?: boolean;
}

/** One `npm start`, as a process. */
export class ProductProcess {
	readonly dataDir: string;
	readonly port: number;
	readonly child: ChildProcess;
	/** All it has printed so far. */
	output = '';
	exitCode: number | null | undefined;

	private constructor(dataDir: string, port: number, child: ChildProcess) {
		this.dataDir = dataDir;
		this.port = port;
		this.child = child;
		for (const stream of [child.stdout, child.stderr]) {
			stream?.on('data', (chunk: Buffer) => (this.output += chunk.toString()));
		}
		child.once('exit', (code) => (this.exitCode = code));
	}

	/** Starts it without waiting. */
	static async launch(options: StartOptions = {}): Promise<ProductProcess> {
		const dataDir = options.dataDir ?? temporaryFolder();
		const port = options.port ?? (await freePort());
		const env: NodeJS.ProcessEnv = { ...process.env };
		for (const name of [...SETTING_NAMES, 'NODE_ENV', 'VITEST', 'npm_lifecycle_event']) {
			delete env[name];
		}
		const args = options.args ?? [];
		const [command, ...rest] = options.npm
			? ['npm', 'start', '--', ...args]
			: [process.execPath, join(ROOT, 'supabase/local/start.ts'), ...args];
		const child = spawn(command!, rest, {
			cwd: ROOT,
			env: {
				...env,
				DATA_DIR: dataDir,
				PORT: String(port),
				// A test run that is killed must not leave it behind.
				...(options.npm ? {} : { STOP_WITH_PARENT: '1' }),
				...options.env
			},
			stdio: ['ignore', 'pipe', 'pipe']
		});
		return new ProductProcess(dataDir, port, child);
	}

	/** Starts it and waits until the door is open. @throws Error with what it printed when it ends instead */
	static async start(options: StartOptions = {}, patience = 300_000): Promise<ProductProcess> {
		const product = await ProductProcess.launch(options);
		await product.waitReady(patience);
		return product;
	}

	async waitReady(patience = 300_000): Promise<void> {
		for (const end = Date.now() + patience; Date.now() < end; await sleep(100)) {
			if (this.exitCode !== undefined) break;
			const running = readRunning(this.dataDir);
			const { pid } = this.child;
			if (running?.ready && (running.pid === pid || running.starter?.pid === pid)) return;
		}
		await this.stop('SIGKILL');
		throw new Error(`The product did not start:\n${this.output}`);
	}

	/** Sends the signal and waits for the end; resolves to the exit code (null after a kill). */
	async stop(signal: NodeJS.Signals = 'SIGTERM', patience = 60_000): Promise<number | null> {
		if (this.exitCode === undefined) this.child.kill(signal);
		for (const end = Date.now() + patience; this.exitCode === undefined; await sleep(50)) {
			if (Date.now() > end) throw new Error(`It does not stop after ${signal}:\n${this.output}`);
		}
		return this.exitCode;
	}

	/** Stops it and removes all it has stored. */
	async remove(): Promise<void> {
		await this.stop();
		removeDataDir(this.dataDir);
	}

	facts(): Product {
		return productFacts(this.dataDir);
	}
}

/** Removes a DATA_DIR and a cluster that had to be put elsewhere. */
export function removeDataDir(dataDir: string): void {
	const pointer = join(dataDir, 'postgres-home.txt');
	if (existsSync(pointer)) {
		rmSync(readFileSync(pointer, 'utf8').trim(), { recursive: true, force: true });
	}
	rmSync(dataDir, { recursive: true, force: true });
}

/** Facts about the product that runs on a DATA_DIR. */
export function productFacts(dataDir: string): Product {
	const running = readRunning(dataDir);
	if (!running?.ready) throw new Error(`Nothing runs on ${dataDir}.`);
	const secrets = JSON.parse(readFileSync(join(dataDir, 'secrets.json'), 'utf8')) as Secrets;
	return {
		url: (running.url ?? '').replace('localhost', '127.0.0.1'),
		apiUrl: running.apiUrl ?? '',
		publishableKey: secrets.publishableKey,
		secretKey: secrets.secretKey,
		ticketSecret: secrets.ticketSecret,
		databaseUrl: running.databaseUrl ?? '',
		dataDir,
		servicePoints: readDemo(dataDir)?.servicePoints ?? [],
		accounts: readDemo(dataDir)?.accounts ?? []
	};
}
