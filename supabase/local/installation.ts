// One DATA_DIR is one installation, and one supervisor at a time looks after it. Owns its folders, the lock
// (supervisor.json) and the note whether it was begun with the demo or blank.

import { existsSync, mkdirSync, readFileSync, rmSync, statfsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { asStartProblem, diskFull, StartProblem } from './problem.ts';
import { isAlive, markOf, npmOf, stopLeftover, waitGone, type ProcessMark } from './processes.ts';
import { writePrivately } from './secrets.ts';

/** What other tools (recount, tests) may want to know of a running installation; only its owner can read it. */
export interface Running extends ProcessMark {
	/** The npm (or test) that started it: without it the supervisor ends by itself. */
	starter: ProcessMark | undefined;
	ready: boolean;
	url?: string;
	apiUrl?: string;
	/** Of the owner, with password. */
	databaseUrl?: string;
}

export interface Folders {
	logs: string;
	run: string;
}

const MEGABYTE = 1024 * 1024;
/** A first start needs room for the database and its demo, a later one for its log of changes. */
const LEAST_FREE = { first: 300 * MEGABYTE, later: 50 * MEGABYTE };

/** Makes the folders. @throws StartProblem when that is impossible or too little space is left */
export function prepareFolders(dataDir: string): Folders {
	const folders = { logs: join(dataDir, 'logs'), run: join(dataDir, 'run') };
	try {
		mkdirSync(dataDir, { recursive: true, mode: 0o755 });
		for (const folder of Object.values(folders)) {
			mkdirSync(folder, { recursive: true, mode: 0o700 });
		}
		const disk = statfsSync(dataDir);
		const least = existsSync(join(dataDir, 'secrets.json')) ? LEAST_FREE.later : LEAST_FREE.first;
		if (disk.bavail * disk.bsize < least) throw diskFull(dataDir);
		return folders;
	} catch (error) {
		throw asStartProblem(error, dataDir);
	}
}

/** Warns on the terminal, once each time, when the disk is nearly full: answers are then turned away. */
export function watchDisk(dataDir: string): void {
	let warned = false;
	setInterval(() => {
		const { bavail, bsize } = statfsSync(dataDir);
		const low = bavail * bsize < LEAST_FREE.later;
		if (low && !warned) console.log(diskFull(dataDir).message);
		warned = low;
	}, 30_000).unref();
}

const lockPath = (dataDir: string) => join(dataDir, 'supervisor.json');

export function readRunning(dataDir: string): Running | undefined {
	try {
		const running = JSON.parse(readFileSync(lockPath(dataDir), 'utf8')) as Running;
		return isAlive(running) ? running : undefined;
	} catch {
		return undefined;
	}
}

export function writeRunning(dataDir: string, running: Running): void {
	writePrivately(lockPath(dataDir), `${JSON.stringify(running, null, '\t')}\n`);
}

/**
 * Takes the installation for this process.
 * @throws StartProblem when another supervisor looks after it
 */
export async function takeLock(dataDir: string): Promise<Running> {
	const other = readRunning(dataDir);
	if (other && other.pid !== process.pid) {
		// Its npm was killed, so it is about to stop by itself.
		const orphaned = other.starter && !isAlive(other.starter);
		if (!orphaned || !(await waitGone(other, 30_000))) {
			throw new StartProblem(
				`Lắng Nghe already runs on ${dataDir}${other.url ? ` at ${other.url}` : ''} (process ${other.pid}): use that one, stop it with Ctrl-C, or choose another folder with DATA_DIR.`
			);
		}
	}
	const own = markOf(process.pid);
	if (!own) throw new Error('cannot read the state of this process');
	const byNpm = process.env.npm_lifecycle_event !== undefined;
	const byTest = process.env.STOP_WITH_PARENT !== undefined;
	const starter = byTest ? markOf(process.ppid) : byNpm ? npmOf(process.pid) : undefined;
	const running: Running = { ...own, starter, ready: false };
	writeRunning(dataDir, running);
	// Two starts in the same moment: the one whose entry stands is the one.
	await sleep(50);
	if (readRunning(dataDir)?.pid !== process.pid) return takeLock(dataDir);
	return running;
}

export function releaseLock(dataDir: string): void {
	if (readRunning(dataDir)?.pid === process.pid) rmSync(lockPath(dataDir), { force: true });
}

/** Stops what a killed supervisor has left (Postgres apart: postgres.ts). */
export async function stopLeftovers({ run }: Folders): Promise<void> {
	const names = ['build', 'demo', 'backup', 'worker', 'app', 'api', 'mail'];
	const stopped = await Promise.all(names.map((name) => stopLeftover(join(run, `${name}.pid`))));
	if (stopped.includes(false)) {
		throw new StartProblem(
			`Processes of an earlier start by another user still run (see ${run}): stop them first.`
		);
	}
}

/** Whether this installation was begun with the demo; decided by the first start and kept. */
export function isDemo(dataDir: string, blank: boolean): boolean {
	const path = join(dataDir, 'installation.json');
	if (existsSync(path)) return (JSON.parse(readFileSync(path, 'utf8')) as { demo: boolean }).demo;
	writePrivately(path, `${JSON.stringify({ demo: !blank })}\n`);
	return !blank;
}
