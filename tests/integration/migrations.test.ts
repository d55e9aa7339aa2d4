// What we ship is what a Supabase project takes: the real CLI pushes the migrations to the embedded Postgres and to
// a plain one, both end in the same schema, and the checked-in types are those of that schema.

import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { startPostgres } from '../../supabase/local/embedded.ts';
import { prepareFolders } from '../../supabase/local/installation.ts';
import {
	migrationVersions,
	pendingMigrations,
	pushMigrations,
	ROOT,
	runBootstrap,
	withDatabase
} from '../../supabase/local/migrations.ts';
import { readSecrets } from '../../supabase/local/secrets.ts';
import { Supervisor } from '../../supabase/local/supervisor.ts';
import { temporaryFolder } from '../../supabase/local/throwaway.ts';
import { currentTypes, generateTypes } from '../../supabase/local/types.ts';

/** Everything the migrations have made, one line each, in a comparable form. */
const SCHEMA = `
	select 'column ' || table_schema || '.' || table_name || '.' || column_name || ' ' || data_type
		|| ' ' || is_nullable || ' ' || coalesce(column_default, '') as line
	from information_schema.columns where table_schema in ('public', 'private')
		and table_name !~ '_[0-9]{8}$'
	union all
	select 'function ' || oid::regprocedure || ' ' || md5(prosrc) || ' ' || coalesce(proacl::text, '')
	from pg_proc where pronamespace in ('public'::regnamespace, 'private'::regnamespace)
	union all
	select 'relation ' || oid::regclass || ' ' || relrowsecurity || ' ' || coalesce(relacl::text, '') from pg_class
	where relnamespace in ('public'::regnamespace, 'private'::regnamespace) and relkind in ('r', 'p', 'v', 'm', 'S')
		and relname !~ '_[0-9]{8}$'
	union all
	select 'policy ' || schemaname || '.' || tablename || ' ' || policyname || ' ' || coalesce(qual, '')
	from pg_policies where schemaname in ('public', 'private')
	union all
	select 'index ' || indexdef from pg_indexes where schemaname in ('public', 'private')
		and tablename !~ '_[0-9]{8}$'
	order by 1`;

const schemaOf = (url: string) =>
	withDatabase(url, async (client) => {
		const { rows } = await client.query<{ line: string }>(SCHEMA);
		return rows.map(({ line }) => line);
	});

describe('migrations', () => {
	const product = inject('product');
	const supervisor = new Supervisor();
	const dataDir = temporaryFolder();
	let plain: string;

	beforeAll(async () => {
		const folders = prepareFolders(dataDir);
		const secrets = readSecrets(dataDir);
		const { url } = await startPostgres(supervisor, { dataDir, folders, secrets, say: () => {} });
		plain = url;
	});
	afterAll(async () => {
		await supervisor.endAll();
		rmSync(dataDir, { recursive: true, force: true });
	});

	it('are refused by npm run migrate while a plain Postgres lacks the roles of a Supabase', () => {
		const { status, stderr } = migrate(plain);
		expect(status).toBe(1);
		expect(stderr).toContain('run supabase/local/bootstrap.sql there once');
	});

	it('are pushed by the CLI to a plain Postgres, all of them, once', async () => {
		await withDatabase(plain, runBootstrap);
		await withDatabase(plain, runBootstrap);
		await pushMigrations(plain);
		expect(await withDatabase(plain, pendingMigrations)).toEqual([]);
		await pushMigrations(plain);
		const { status, stdout } = migrate(plain);
		expect({ status, stdout }).toMatchObject({ status: 0 });
		expect(stdout).toContain('up to date');
	});

	it('are all in the embedded database, with the same history', async () => {
		const history = (url: string) =>
			withDatabase(url, async (client) => {
				const { rows } = await client.query<{ version: string }>(
					'select version from supabase_migrations.schema_migrations order by version'
				);
				return rows.map(({ version }) => version);
			});
		expect(await history(product.databaseUrl)).toEqual(migrationVersions());
		expect(await history(plain)).toEqual(migrationVersions());
	});

	// The plain one has never met Supabase Lite, which would open tables to everybody if it could.
	it('give the same schema and the same privileges on both', async () => {
		const lines = await schemaOf(plain);
		expect(lines.length).toBeGreaterThan(50);
		expect(await schemaOf(product.databaseUrl)).toEqual(lines);
	});

	it('fit the checked-in types of the database', async () => {
		expect(await generateTypes(plain)).toBe(currentTypes());
	});

	it('leave the ticket secret of this installation in the database', async () => {
		const client = new pg.Client({ connectionString: product.databaseUrl });
		await client.connect();
		const { rows } = await client.query<{ secret: string }>(
			`select convert_from(value, 'UTF8') as secret from private.secrets where name = 'ticket'`
		);
		await client.end();
		expect(rows[0]?.secret).toBe(product.ticketSecret);
	});

	function migrate(url: string) {
		return spawnSync(process.execPath, [join(ROOT, 'supabase/local/migrate.ts')], {
			cwd: ROOT,
			encoding: 'utf8',
			env: { ...process.env, DATABASE_URL: url, DATA_DIR: dataDir }
		});
	}
});
