// Somebody who signs up by himself, without an invitation, through the real API: he has a session and nothing else.

import { beforeAll, describe, expect, inject, it } from 'vitest';
import { withDatabase } from '../../supabase/local/migrations.ts';

const product = inject('product');
let token = '';
/** Tables that anybody with a session may read: the country's holidays are no secret. */
const OPEN = ['holidays'];
let tables: string[] = [];
/** A column of each table that is never empty. */
let columns = new Map<string, string>();

beforeAll(async () => {
	const answer = await fetch(`${product.apiUrl}/auth/v1/signup`, {
		method: 'POST',
		headers: { apikey: product.publishableKey, 'content-type': 'application/json' },
		body: JSON.stringify({
			email: `la-${Date.now()}@nguoi.example`,
			password: `mat-khau-${Math.random()}`
		})
	});
	token = ((await answer.json()) as { access_token?: string }).access_token ?? '';
	columns = await withDatabase(product.databaseUrl, async (client) => {
		const { rows } = await client.query<{ name: string; column: string }>(
			`select c.relname as name, a.attname as column from pg_class as c join pg_attribute as a on a.attrelid = c.oid and a.attnum = 1
			where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') order by 1`
		);
		return new Map(rows.map(({ name, column }) => [name, column]));
	});
	tables = [...columns.keys()];
});

const ask = (path: string, method: string, body?: unknown) =>
	fetch(`${product.apiUrl}/rest/v1/${path}`, {
		method,
		headers: {
			apikey: product.publishableKey,
			authorization: `Bearer ${token}`,
			'content-type': 'application/json'
		},
		...(body === undefined ? {} : { body: JSON.stringify(body) })
	}).then(async (answer) => ({ status: answer.status, text: await answer.text() }));

describe('a stranger who signed up', () => {
	it('has a session', () => {
		expect(token.split('.')).toHaveLength(3);
		expect(tables.length).toBeGreaterThan(5);
	});

	it('reads no row, writes none and deletes none, in any table', async () => {
		const countRows = () =>
			withDatabase(product.databaseUrl, async (client) => {
				const counts = tables.map((name) => `(select count(*) from public.${name}) as ${name}`);
				return (await client.query(`select ${counts.join(', ')}`)).rows[0] as object;
			});
		const before = await countRows();
		for (const table of tables) {
			const read = await ask(`${table}?limit=1`, 'GET');
			// Refused outright, or let in by a grant and shown nothing by RLS.
			const shown = read.status === 200 ? read.text : '[]';
			if (!OPEN.includes(table)) expect([table, shown]).toEqual([table, '[]']);
			const written = await ask(table, 'POST', {});
			expect([table, written.status >= 400 && written.status < 500]).toEqual([table, true]);
			const deleted = await ask(`${table}?${columns.get(table)}=not.is.null`, 'DELETE');
			expect([table, deleted.status < 500]).toEqual([table, true]);
		}
		expect(await countRows()).toEqual(before);
	});

	it('calls none of the functions of the worker', async () => {
		const calls: [string, unknown][] = [
			['record_responses', { batch: { items: [{}] } }],
			['release_figures', {}],
			['rebuild_tallies', { p_from: '2026-01-01', p_to: '2026-01-02' }],
			['roll_ticket_partitions', {}],
			['check_recording', {}],
			['claim_lease', { p_name: 'worker', p_holder: 'me', p_seconds: 60 }]
		];
		for (const [name, body] of calls) {
			const { status, text } = await ask(`rpc/${name}`, 'POST', body);
			expect([name, status, /42501|PGRST202/.test(text)]).toEqual([
				name,
				expect.toSatisfy((n: number) => [401, 403, 404].includes(n)),
				true
			]);
		}
	});

	it('may read what everybody may', async () => {
		const { status } = await ask('rpc/public_organisations', 'POST', {});
		expect(status).toBe(200);
	});
});
