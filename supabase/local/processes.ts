// Who runs: recognising a process again after its number may have been given to another one, and
// stopping a process for good. Works on pid files, so that a start after `kill -9` finds what was left.

import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { writePrivately } from './secrets.ts';

/** A process and the moment it began: together they are never given twice. */
export interface ProcessMark {
	pid: number;
	began: string;
}

/** When the process began, as the system words it; undefined when there is none (or only its remains). */
function beganAt(pid: number): string | undefined {
	if (process.platform === 'linux') {
		try {
			const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
			// The name in brackets may hold spaces: count the fields after it.
			const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
			return fields[0] === 'Z' || fields[0] === 'X' ? undefined : fields[19];
		} catch {
			return undefined;
		}
	}
	try {
		return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim();
	} catch {
		return undefined;
	}
}

/** The command line of a process, or '' when it cannot be read. */
export function commandOf(pid: number): string {
	try {
		return process.platform === 'linux'
			? readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')
			: execFileSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' });
	} catch {
		return '';
	}
}

function parentOf(pid: number): number | undefined {
	try {
		const field =
			process.platform === 'linux'
				? /^PPid:\s*(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
				: execFileSync('ps', ['-o', 'ppid=', '-p', String(pid)], { encoding: 'utf8' });
		return Number(field) || undefined;
	} catch {
		return undefined;
	}
}

/** The npm that runs this process, if any: its parent, or with a shell between them the one above. */
export function npmOf(pid: number): ProcessMark | undefined {
	for (let [at, steps] = [parentOf(pid), 0]; at !== undefined && steps < 3; steps++) {
		if (/\bnpm\b/.test(commandOf(at))) return markOf(at);
		at = parentOf(at);
	}
	return undefined;
}

export function markOf(pid: number): ProcessMark | undefined {
	const began = beganAt(pid);
	return began === undefined ? undefined : { pid, began };
}

export function isAlive(mark: ProcessMark): boolean {
	return beganAt(mark.pid) === mark.began;
}

export function writePidFile(path: string, pid: number): void {
	const mark = markOf(pid);
	if (mark) writePrivately(path, JSON.stringify(mark));
}

/** The living process that a pid file names, if any. */
export function readPidFile(path: string): ProcessMark | undefined {
	try {
		const mark = JSON.parse(readFileSync(path, 'utf8')) as ProcessMark;
		return Number.isInteger(mark.pid) && isAlive(mark) ? mark : undefined;
	} catch {
		return undefined;
	}
}

/** Waits until the process is gone; false when it outlives the time. */
export async function waitGone(mark: ProcessMark, milliseconds: number): Promise<boolean> {
	for (const end = Date.now() + milliseconds; Date.now() < end; await sleep(25)) {
		if (!isAlive(mark)) return true;
	}
	return !isAlive(mark);
}

/**
 * Stops a process: the signals one after the other, each with some time to obey.
 * @returns false when it survives all of them (another user's process)
 */
export async function stopProcess(
	mark: ProcessMark,
	signals: [NodeJS.Signals, milliseconds: number][]
): Promise<boolean> {
	for (const [signal, patience] of signals) {
		try {
			process.kill(mark.pid, signal);
		} catch {
			/* gone already, or not ours: the wait tells which */
		}
		if (await waitGone(mark, patience)) return true;
	}
	return false;
}

/** Stops what an earlier, killed start has left behind, and forgets its pid file. */
export async function stopLeftover(pidFile: string): Promise<boolean> {
	const mark = readPidFile(pidFile);
	const stopped =
		!mark ||
		(await stopProcess(mark, [
			['SIGTERM', 3000],
			['SIGKILL', 3000]
		]));
	if (stopped) rmSync(pidFile, { force: true });
	return stopped;
}
