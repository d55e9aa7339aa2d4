// A child process of `npm start` that has an end (build, demo data): it ends with the supervisor, or, when that
// was killed, with the next start. Its output goes to a log; the end of it is shown when it fails.

import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { closeSync, readFileSync, rmSync, statSync } from 'node:fs';
import { markOf, stopProcess, writePidFile } from './processes.ts';
import { openLog } from './service.ts';

export interface TaskOptions {
	/** Names its log and pid file. */
	name: string;
	command: string;
	args: string[];
	env: NodeJS.ProcessEnv;
	cwd: string;
	folders: { logs: string; run: string };
	/** Show what it prints, for tasks that report their own progress. */
	onTerminal?: boolean;
}

/** The task ended with an error; `output` is what it wrote. */
export class TaskFailed extends Error {
	override name = 'TaskFailed';
	readonly output: string;
	constructor(name: string, output: string) {
		super(`${name} failed:\n${output.split('\n').slice(-25).join('\n')}`);
		this.output = output;
	}
}

/**
 * Runs the task to its end.
 * @throws TaskFailed with its output; the reason of `signal` when that stops it
 */
export async function runTask(options: TaskOptions, signal: AbortSignal): Promise<void> {
	signal.throwIfAborted();
	const { name, command, args, env, cwd, folders, onTerminal } = options;
	const logFile = join(folders.logs, `${name}.log`);
	const pidFile = join(folders.run, `${name}.pid`);
	const log = openLog(logFile);
	const from = statSync(logFile).size;
	const child = spawn(command, args, {
		cwd,
		env,
		detached: true,
		stdio: ['ignore', onTerminal ? 'inherit' : log, log]
	});
	closeSync(log);
	const mark = child.pid === undefined ? undefined : markOf(child.pid);
	if (mark) writePidFile(pidFile, mark.pid);
	const stop = () => {
		if (!mark) return;
		void stopProcess(mark, [
			['SIGTERM', 2000],
			['SIGKILL', 2000]
		]);
	};
	signal.addEventListener('abort', stop);
	try {
		const failure = await new Promise<string | undefined>((resolve) => {
			child.once('error', (error) => resolve(error.message));
			child.once('exit', (code, how) => resolve(code === 0 ? undefined : (how ?? `code ${code}`)));
		});
		signal.throwIfAborted();
		if (failure === undefined) return;
		const output = readFileSync(logFile).subarray(from).toString('utf8').trim();
		throw new TaskFailed(name, output || failure);
	} finally {
		signal.removeEventListener('abort', stop);
		rmSync(pidFile, { force: true });
	}
}
