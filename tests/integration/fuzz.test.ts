// Ten thousand malformed requests, to the pages and straight to the database's API with the public key: none brings
// anything down (no 5xx), none is stored, and no log keeps a word of what was sent as an answer. SEED repeats a run.

import { readdirSync, readFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { join } from 'node:path';
import { expect, inject, test } from 'vitest';
import { Random } from '../../supabase/local/demo/random.ts';
import { withDatabase } from '../../supabase/local/migrations.ts';
import { openForm, postForm } from '../support/citizen.ts';
import { badCall } from './malformed/api-calls.ts';
import type { Ground, Malformed, OpenPoint } from './malformed/ground.ts';
import { badPageRequest } from './malformed/page-requests.ts';

const product = inject('product');
const seed = process.env.SEED ?? String(Date.now());
const marker = `dau-vet-${seed}`;
const PAGES = 6000;
const CALLS = 4000;

const agent = new Agent({ keepAlive: true, maxSockets: 16 });

/** The status, or 0 when the connection was cut (as it may be in the middle of a body that is too large). */
function send({ to, method, path, headers, body }: Malformed): Promise<number> {
	const { hostname, port } = new URL(to === 'page' ? product.url : product.apiUrl);
	return new Promise((resolve) => {
		const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) };
		const sent = request(
			{ agent, hostname, port, method, path, headers: { ...headers, ...length }, timeout: 20_000 },
			(answer) => {
				answer.resume();
				answer.on('end', () => resolve(answer.statusCode ?? 0));
				answer.on('error', () => resolve(0));
			}
		);
		sent.on('error', () => resolve(0));
		sent.on('timeout', () => sent.destroy(new Error('timeout')));
		sent.end(body);
	});
}

const storedRows = () =>
	withDatabase(product.databaseUrl, async (client) => {
		const { rows } = await client.query<Record<string, string>>(
			`select (select count(*) from public.responses) as responses, (select count(*) from public.response_comments) as comments,
				(select count(*) from private.spent_tickets) as tickets, (select sum(responses) from private.response_counts) as received,
				(select count(*) from private.strata) as strata`
		);
		return rows[0];
	});

/** What the worker does once a day, so that it does not remove old comments while the rows are being compared. */
const clearTheDay = () =>
	withDatabase(product.databaseUrl, async (client) => {
		for (let more = true; more;) {
			const { rows } = await client.query<{ more: boolean }>(
				`select (public.enforce_retention() ->> 'more')::boolean as more`
			);
			more = rows[0]!.more;
		}
	});

async function openPoints(): Promise<OpenPoint[]> {
	const points: OpenPoint[] = [];
	for (const { url } of product.servicePoints.slice(0, 8)) {
		const address = product.url + new URL(url).pathname;
		const token = new URL(url).pathname.split('/').at(-1) ?? '';
		const { rows } = await withDatabase(product.databaseUrl, (client) =>
			client.query<{ id: string; version: string; items: string[] }>(
				`select p.id, p.version_id as version, array(select code from private.version_items as i where i.version_id = p.version_id order by position) as items
				from public.service_points as p where p.token = $1`,
				[token]
			)
		);
		const form = await openForm(address);
		const { status } = await postForm(form, { S0: '4' });
		expect(status).toBe(200);
		const row = rows[0];
		if (row) {
			points.push({
				token,
				pointId: row.id,
				versionId: row.version,
				items: row.items,
				spent: form.hidden.ticket ?? ''
			});
		}
	}
	return points;
}

async function makeGround(): Promise<Ground> {
	const answer = await fetch(`${product.apiUrl}/rest/v1/rpc/public_organisations`, {
		method: 'POST',
		headers: { apikey: product.publishableKey, 'content-type': 'application/json' },
		body: '{}'
	});
	const { organisations } = (await answer.json()) as {
		organisations: { id: string; points: { unit: { id: string } }[] }[];
	};
	return {
		random: new Random(seed),
		points: await openPoints(),
		ticketSecret: product.ticketSecret,
		publishableKey: product.publishableKey,
		organisation: organisations[0]?.id ?? '',
		unit: organisations[0]?.points[0]?.unit.id ?? '',
		marker
	};
}

test(
	`ten thousand malformed requests break nothing and store nothing (SEED=${seed})`,
	{ timeout: 600_000 },
	async () => {
		const ground = await makeGround();
		await clearTheDay();
		const before = await storedRows();
		const statuses = new Map<string, number>();
		const failures: string[] = [];
		let left = PAGES + CALLS;
		const worker = async () => {
			while (left-- > 0) {
				const malformed = left % 5 < 3 ? badPageRequest(ground) : badCall(ground);
				// A kept connection may be closed just as it is used again: that is no answer, so ask once more.
				const status = (await send(malformed)) || (await send(malformed));
				const key = `${malformed.to} ${status}`;
				statuses.set(key, (statuses.get(key) ?? 0) + 1);
				const cut = status === 0 && malformed.name !== 'huge body';
				if (status >= 500 || cut) {
					failures.push(
						`${status} ${malformed.name}: ${malformed.method} ${malformed.path.slice(0, 120)} ${String(malformed.body ?? '').slice(0, 400)}`
					);
				}
			}
		};
		await Promise.all(Array.from({ length: 16 }, worker));
		console.log(`seed ${seed}:`, Object.fromEntries([...statuses].sort()));
		expect(failures.slice(0, 10)).toEqual([]);
		expect(await storedRows()).toEqual(before);

		const logs = join(product.dataDir, 'logs');
		for (const file of readdirSync(logs)) {
			const lines = readFileSync(join(logs, file), 'utf8')
				.split('\n')
				.filter((line) => line.includes(marker));
			expect(lines.slice(0, 3), file).toEqual([]);
		}
	}
);
