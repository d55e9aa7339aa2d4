// A Supabase elsewhere (SUPABASE_URL) and several servers in front of it: nothing embedded starts, answers arrive,
// and a second worker does no harm.

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { withDatabase } from '../../supabase/local/migrations.ts';
import { openForm, postForm } from '../support/citizen.ts';
import { ProductProcess } from '../support/product.ts';

describe('a second server on the same Supabase', () => {
	const product = inject('product');
	let second: ProductProcess;

	beforeAll(async () => {
		second = await ProductProcess.start({
			env: {
				SUPABASE_URL: product.apiUrl,
				SUPABASE_PUBLISHABLE_KEY: product.publishableKey,
				SUPABASE_SECRET_KEY: product.secretKey,
				TICKET_SECRET: product.ticketSecret
			}
		});
	});
	afterAll(() => second.remove());

	it('starts nothing embedded and loads no demo', () => {
		expect(existsSync(join(second.dataDir, 'postgres'))).toBe(false);
		expect(existsSync(join(second.dataDir, 'demo.json'))).toBe(false);
		expect(existsSync(join(second.dataDir, 'run/api.pid'))).toBe(false);
	});

	it('takes a form that the first one has opened, and it counts once', async () => {
		const address = product.servicePoints[0]!.url;
		const path = new URL(address).pathname;
		const count = () =>
			withDatabase(product.databaseUrl, async (client) => {
				const { rows } = await client.query<{ n: number }>(
					'select count(*)::int as n from public.responses'
				);
				return rows[0]!.n;
			});
		const before = await count();
		const form = await openForm(`${product.url}${path}`);
		const elsewhere = { ...form, url: `http://127.0.0.1:${second.port}${path}` };
		const posts = [form, elsewhere, form, elsewhere].map((each) => postForm(each, { S0: '4' }));
		const statuses = (await Promise.all(posts)).map(({ status }) => status);
		expect(statuses).toEqual([200, 200, 200, 200]);
		expect(await count()).toBe(before + 1);
	});

	it('has a worker that leaves the work to the one that holds the lease', async () => {
		const log = () => readFileSync(join(second.dataDir, 'logs/worker.log'), 'utf8');
		for (const end = Date.now() + 15_000; log() === '' && Date.now() < end;) await sleep(100);
		expect(log()).toContain('waits');
		expect(log()).not.toContain('"job"');
		const holders = await withDatabase(product.databaseUrl, async (client) => {
			const { rows } = await client.query<{ holder: string }>(
				`select holder from private.leases where name = 'worker' and expires_at > now()`
			);
			return rows;
		});
		expect(holders).toHaveLength(1);
	});
});
