// Brings a database to the newest migration with the real `supabase` CLI, and puts the ticket secret there.
// Serves the embedded Postgres, `npm run migrate` on any other, and the tests.

import { spawn } from 'node:child_process';
import {
	cpSync,
	mkdirSync,
	mkdtempSync,
	readdirSync,
	readFileSync,
	rmSync,
	writeFileSync
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { StartProblem } from './problem.ts';

const here = dirname(fileURLToPath(import.meta.url));
/** The repository. */
export const ROOT = join(here, '../..');

/** Versions (14 digits) of the migration files, oldest first. */
export function migrationVersions(): string[] {
	return readdirSync(join(ROOT, 'supabase/migrations'))
		.map((name) => /^(\d{14})_.+\.sql$/.exec(name)?.[1])
		.filter((version) => version !== undefined)
		.sort();
}

/** Runs `work` on a connection of its own. */
export async function withDatabase<T>(
	url: string,
	work: (client: pg.Client) => Promise<T>
): Promise<T> {
	const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
	client.on('error', () => {});
	await client.connect();
	try {
		return await work(client);
	} finally {
		await client.end();
	}
}

/** Roles and extensions that a Supabase project has and a plain Postgres lacks. */
export async function runBootstrap(client: pg.Client): Promise<void> {
	await client.query(readFileSync(join(here, 'bootstrap.sql'), 'utf8'));
}

/** Versions of migration files that the database has not seen. */
export async function pendingMigrations(client: pg.Client): Promise<string[]> {
	const { rows } = await client.query<{ history: string | null }>(
		`select to_regclass('supabase_migrations.schema_migrations')::text as history`
	);
	if (!rows[0]?.history) return migrationVersions();
	const applied = await client.query<{ version: string }>(
		'select version from supabase_migrations.schema_migrations'
	);
	const seen = new Set(applied.rows.map(({ version }) => version));
	return migrationVersions().filter((version) => !seen.has(version));
}

/**
 * Runs the `supabase` CLI without its telemetry and questions; resolves to its output.
 * @param workdir the folder that holds `supabase/`
 */
export async function runCli(
	args: string[],
	workdir = ROOT
): Promise<{ code: number; stdout: string; stderr: string }> {
	const cli = join(ROOT, 'node_modules/supabase/dist/supabase.js');
	const child = spawn(
		process.execPath,
		[cli, ...args, '--workdir', workdir, '--agent', 'no', '--yes'],
		{
			cwd: ROOT,
			env: {
				...process.env,
				DO_NOT_TRACK: '1',
				SUPABASE_TELEMETRY_DISABLED: '1',
				// The embedded Postgres speaks no TLS on the loopback address, and the CLI warns of that.
				...(args.some((arg) => arg.includes('@127.0.0.1:')) ? { PGSSLMODE: 'disable' } : {})
			},
			stdio: ['ignore', 'pipe', 'pipe']
		}
	);
	let [stdout, stderr] = ['', ''];
	child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
	child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
	const code = await new Promise<number>((resolve) => {
		child.once('error', (error) => {
			stderr += error.message;
			resolve(1);
		});
		child.once('close', (status) => resolve(status ?? 1));
	});
	return { code, stdout, stderr };
}

/** A folder with the migrations up to one version. The CLI writes into its folder, and ours may be read-only. */
function folderUpTo(version: string): string {
	const folder = mkdtempSync(join(tmpdir(), 'lang-nghe-migrations-'));
	mkdirSync(join(folder, 'supabase/migrations'), { recursive: true });
	// Our own configuration names files beside it that pushing does not need.
	writeFileSync(
		join(folder, 'supabase/config.toml'),
		'project_id = "lang-nghe"\n[db]\nmajor_version = 17\n'
	);
	for (const name of readdirSync(join(ROOT, 'supabase/migrations'))) {
		if (name.slice(0, 14) > version) continue;
		cpSync(join(ROOT, 'supabase/migrations', name), join(folder, 'supabase/migrations', name));
	}
	return folder;
}

/**
 * Pushes pending migrations as the owner of the database: all, or those up to a version.
 * @param url Its address with the owner's password, which no message repeats
 * @throws StartProblem with the CLI's own words
 */
export async function pushMigrations(url: string, upTo = '99999999999999'): Promise<void> {
	const folder = folderUpTo(upTo);
	try {
		const { code, stdout, stderr } = await runCli(['db', 'push', `--remote=${url}`], folder);
		if (code === 0) return;
		const words = `${stdout}\n${stderr}`.replaceAll(url, 'DATABASE_URL').trim();
		throw new StartProblem(`The migrations could not be pushed:\n${words}`);
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}

/** The key with which SQL checks the signature of tickets again (docs/architecture.md). */
export async function storeTicketSecret(client: pg.Client, secret: string): Promise<void> {
	await client.query(
		`insert into private.secrets (name, value) values ('ticket', convert_to($1, 'UTF8'))
		on conflict (name) do update set value = excluded.value
		where secrets.value is distinct from excluded.value`,
		[secret]
	);
}
