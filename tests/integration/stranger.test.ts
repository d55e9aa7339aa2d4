// Somebody who signs up by himself, without an invitation, through the real API: he has a session and nothing else.

import { beforeAll, describe, expect, inject, it } from 'vitest';
import { withDatabase } from '../../supabase/local/migrations.ts';

const product = inject('product');
let token = '';
let tables: string[] = [];

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
	tables = await withDatabase(product.databaseUrl, async (client) => {
		const { rows } = await client.query<{ name: string }>(
			`select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'v', 'p', 'm') order by 1`
		);
		return rows.map(({ name }) => name);
	});
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

	it('reads, writes, changes and deletes no table', async () => {
		for (const table of tables) {
			for (const [method, path] of [
				['GET', `${table}?limit=1`],
				['POST', table],
				['DELETE', `${table}?id=eq.00000000-0000-4000-8000-000000000000`]
			] as const) {
				const { status, text } = await ask(path, method, method === 'POST' ? {} : undefined);
				expect([table, method, status >= 400 && status < 500, text.startsWith('[')]).toEqual([
					table,
					method,
					true,
					false
				]);
			}
		}
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
