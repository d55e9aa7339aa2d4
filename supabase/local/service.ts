// One child process of `npm start` that must always run: starts it, waits until it answers, starts it
// again with growing pauses when it dies, stops it. Knows nothing of what the child does.

import { spawn, type ChildProcess } from 'node:child_process';
import {
	closeSync,
	openSync,
	readFileSync,
	renameSync,
	rmSync,
	statfsSync,
	statSync
} from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { diskFull } from './problem.ts';
import { markOf, stopProcess, writePidFile } from './processes.ts';

export interface ServiceOptions {
	/** The port it listens on, if any. */
	port?: number;
	/** How messages call it, for example "the app". */
	title: string;
	command: string;
	args: string[];
	env: NodeJS.ProcessEnv;
	cwd: string;
	/** System user to run as, when it may not be ours. */
	user?: { uid: number; gid: number } | undefined;
	logFile: string;
	pidFile: string;
	/** Whether it does its work now; asked again and again until it is true. */
	isReady: () => Promise<boolean>;
	/** Mends what a killed predecessor left, before every start. */
	beforeStart?: () => Promise<void> | void;
	/** Called when it had died and is ready again. */
	onRevived?: () => void;
	stopSignals: [NodeJS.Signals, milliseconds: number][];
	/** Show its output on the terminal too (development). */
	onTerminal?: boolean;
}

const LOG_LIMIT = 10 * 1024 * 1024;
const SHORTEST_PAUSE = 250;
const LONGEST_PAUSE = 15_000;
/** Running this long without a fault makes the next pause short again. */
const STEADY = 30_000;

/** Opens a log for appending; one that has grown large becomes `.1` and replaces the older one. */
export function openLog(path: string): number {
	try {
		if (statSync(path).size > LOG_LIMIT) renameSync(path, `${path}.1`);
	} catch {
		/* no log yet */
	}
	return openSync(path, 'a', 0o600);
}

/** The child ended before it was ready; `output` is what it wrote meanwhile. */
export class ServiceFailed extends Error {
	override name = 'ServiceFailed';
	readonly output: string;
	constructor(title: string, reason: string, output: string) {
		super(`${title} did not start (${reason}):\n${output.split('\n').slice(-15).join('\n')}`);
		this.output = output;
	}
}

export class Service {
	readonly options: ServiceOptions;
	private child: ChildProcess | undefined;
	private stopping = false;
	private startedAt = 0;
	private pause = SHORTEST_PAUSE;
	/** Cuts the pause before the next start short. */
	private wake: () => void = () => {};

	constructor(options: ServiceOptions) {
		this.options = options;
	}

	get pid(): number | undefined {
		return this.child?.pid;
	}

	/**
	 * Starts the child and waits until it is ready; from then on it is kept alive.
	 * @throws ServiceFailed when it ends first or is not ready after `patience` ms
	 */
	async start(patience = 60_000): Promise<void> {
		const { title, logFile } = this.options;
		const from = sizeOf(logFile);
		const { ended, failure } = await this.launch(patience).catch(async (error: unknown) => {
			await this.stop();
			throw error;
		});
		if (failure !== undefined) {
			await this.stop();
			throw new ServiceFailed(title, failure, readFrom(logFile, from));
		}
		void this.keepAlive(ended, patience);
	}

	async stop(): Promise<void> {
		this.stopping = true;
		await this.end();
		rmSync(this.options.pidFile, { force: true });
	}

	/** Kills the child, which must be one that loses nothing by it; being looked after, it is started afresh. */
	restart(): void {
		if (this.stopping) return;
		this.pause = SHORTEST_PAUSE;
		this.child?.kill('SIGKILL');
		this.wake();
	}

	private async end(): Promise<void> {
		const { pid } = this.child ?? {};
		const mark = pid === undefined ? undefined : markOf(pid);
		if (mark) await stopProcess(mark, this.options.stopSignals);
	}

	/** One try: `ended` tells how the child has ended, `failure` why it never became ready. */
	private async launch(patience: number): Promise<{ ended: Promise<string>; failure?: string }> {
		const { command, args, env, cwd, user, logFile, pidFile, onTerminal } = this.options;
		await this.options.beforeStart?.();
		const log = openLog(logFile);
		// Own process groups: Ctrl-C reaches the supervisor only, which then stops everything in order.
		const child = spawn(command, args, {
			env,
			cwd,
			detached: true,
			stdio: onTerminal ? ['ignore', 'inherit', 'inherit'] : ['ignore', log, log],
			...user
		});
		closeSync(log);
		this.child = child;
		this.startedAt = Date.now();
		if (child.pid !== undefined) writePidFile(pidFile, child.pid);
		let failure: string | undefined;
		const ended = new Promise<string>((resolve) => {
			child.once('error', (error) => resolve(error.message));
			child.once('exit', (code, signal) => resolve(signal ?? `exit code ${code}`));
		});
		void ended.then((how) => (failure = how));
		for (const end = Date.now() + patience; Date.now() < end; await sleep(40)) {
			if (failure !== undefined) return { ended, failure };
			if (this.stopping) return { ended, failure: 'stopped' };
			if (await this.options.isReady()) return { ended };
		}
		return { ended, failure: `no answer after ${patience / 1000} s` };
	}

	private async keepAlive(ended: Promise<string>, patience: number): Promise<void> {
		let how = await ended;
		while (!this.stopping) {
			if (Date.now() - this.startedAt > STEADY) this.pause = SHORTEST_PAUSE;
			console.log(`${this.options.title} has ended (${how}); starting it again.`);
			if (isDiskFull(this.options.logFile)) console.log(diskFull(this.options.logFile).message);
			await Promise.race([sleep(this.pause), new Promise<void>((next) => (this.wake = next))]);
			this.pause = Math.min(this.pause * 2, LONGEST_PAUSE);
			if (this.stopping) return;
			const next = await this.launch(patience).catch((error: Error) => ({
				ended: Promise.resolve(''),
				failure: error.message
			}));
			if (next.failure === undefined) {
				console.log(`${this.options.title} answers again.`);
				this.options.onRevived?.();
			} else await this.end();
			how = next.failure ?? (await next.ended);
		}
	}
}

function isDiskFull(path: string): boolean {
	const { bavail, bsize } = statfsSync(dirname(path));
	return bavail * bsize < 20 * 1024 * 1024;
}

function sizeOf(path: string): number {
	try {
		return statSync(path).size;
	} catch {
		return 0;
	}
}

function readFrom(path: string, from: number): string {
	try {
		return readFileSync(path).subarray(from).toString('utf8').trim();
	} catch {
		return '';
	}
}
