// Supabase Lite grants everything to everybody with the first request of each process, if it may. It may not: it
// connects as a role that owns nothing of ours. So all privileges must be the same before and after such a request.

import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, inject, it } from 'vitest';
import { withDatabase } from '../../supabase/local/migrations.ts';
import { readPidFile } from '../../supabase/local/processes.ts';

const product = inject('product');

/** Privileges of every table, column, sequence, function, schema and type, and the default privileges. */
const PRIVILEGES = `
	select 'relation ' || oid::regclass || ' ' || coalesce(relacl::text, '-') as line from pg_class
		where relnamespace::regnamespace::text in ('public', 'private', 'extensions')
	union all
	select 'column ' || attrelid::regclass || '.' || attname || ' ' || attacl::text from pg_attribute
		where attacl is not null
	union all
	select 'function ' || oid::regprocedure || ' ' || coalesce(proacl::text, '-') from pg_proc
		where pronamespace::regnamespace::text in ('public', 'private', 'extensions')
	union all
	select 'schema ' || nspname || ' ' || coalesce(nspacl::text, '-') from pg_namespace
	union all
	select 'type ' || oid::regtype || ' ' || typacl::text from pg_type where typacl is not null
	union all
	select 'default ' || defaclrole::regrole || ' ' || defaclnamespace::regnamespace || ' ' || defaclobjtype::text
		|| ' ' || defaclacl::text from pg_default_acl
		where defaclnamespace::regnamespace::text in ('public', 'private', 'extensions', '-')
	union all
	select 'role ' || rolname || ' ' || rolsuper || rolbypassrls || rolcreaterole || rolcreatedb from pg_roles
	order by 1`;

const privileges = () =>
	withDatabase(product.databaseUrl, async (client) => {
		const { rows } = await client.query<{ line: string }>(PRIVILEGES);
		return rows.map(({ line }) => line);
	});

const ask = (path: string, key: string) =>
	fetch(`${product.apiUrl}/rest/v1/${path}`, { headers: { apikey: key } }).then(
		async (answer) => ({ status: answer.status, text: await answer.text() }),
		() => ({ status: 0, text: '' })
	);

describe('privileges in the database', () => {
	it('are the same after a restart of the Supabase API under requests', async () => {
		const before = await privileges();
		expect(before.length).toBeGreaterThan(100);
		const api = readPidFile(join(product.dataDir, 'run/api.pid'));
		process.kill(api!.pid, 'SIGKILL');
		const statuses: number[] = [];
		for (const end = Date.now() + 30_000; Date.now() < end && !statuses.includes(200);) {
			// Many at once: concurrent first requests of a process race on these privileges.
			const answers = await Promise.all(
				Array.from({ length: 20 }, (_, index) =>
					ask('rpc/health', index % 2 ? product.publishableKey : product.secretKey)
				)
			);
			statuses.push(...answers.map(({ status }) => status));
			await sleep(20);
		}
		expect([...new Set(statuses)].sort()).toEqual([0, 200]);
		expect(await privileges()).toEqual(before);
	});

	it('give a request without a key nothing', async () => {
		const answer = await fetch(`${product.apiUrl}/rest/v1/rpc/health`);
		expect(answer.status).toBe(401);
	});

	it('give the public key no table', async () => {
		const tables = await withDatabase(product.databaseUrl, async (client) => {
			const { rows } = await client.query<{ name: string }>(
				`select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'v', 'p', 'm')`
			);
			return rows.map(({ name }) => name);
		});
		expect(tables.length).toBeGreaterThan(5);
		for (const table of tables) {
			const { status, text } = await ask(`${table}?limit=1`, product.publishableKey);
			expect([table, status, text.includes('42501')]).toEqual([table, 401, true]);
		}
	});

	it('belong to the role as which the API connects only where it has made the tables itself', async () => {
		const owned = await withDatabase(product.databaseUrl, async (client) => {
			const { rows } = await client.query<{ name: string }>(
				`select distinct relnamespace::regnamespace::text as name from pg_class where relowner = 'lite_api'::regrole`
			);
			return rows.map(({ name }) => name).filter((name) => !name.startsWith('pg_'));
		});
		// The last one holds the history of migrations, which lite makes when it finds none.
		expect(owned.sort()).toEqual(['auth', 'storage', 'supabase_migrations']);
	});
});
