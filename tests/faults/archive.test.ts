// The worker is killed while it makes an organisation's archive: nobody is told that there is a file, and the next worker
// makes it whole.

import { randomUUID } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { generateX25519Identity, identityToRecipient } from 'age-encryption';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { withDatabase } from '../../supabase/local/migrations.ts';
import { readPidFile } from '../../supabase/local/processes.ts';
import { archiveFolder, archivePath } from '../../src/lib/server/archive-place.ts';
import { openArchive } from '../support/open-archive.ts';
import { ProductProcess } from '../support/product.ts';

let product: ProductProcess;
let databaseUrl: string;

beforeAll(async () => {
	product = await ProductProcess.start();
	databaseUrl = product.facts().databaseUrl;
});
afterAll(() => product.remove());

const sql = <T extends object>(text: string, values: unknown[] = []): Promise<T[]> =>
	withDatabase(databaseUrl, async (client) => (await client.query<T>(text, values)).rows);

/** A request of the demo that two have confirmed, with its job. */
async function confirmedRequest(recipient: string): Promise<string> {
	const request = randomUUID();
	await sql(
		`with house as (select id from organisations where is_demo),
		who as (select role, min(person_id::text)::uuid as id from members where unit_id = (select id from house) group by role),
		job as (insert into jobs (kind, organisation_id, payload) select 'archive', id, jsonb_build_object('request', $1::text) from house returning id)
		insert into archive_requests (id, organisation_id, recipient, asked_by, confirmed_by, confirmed_at, job_id)
		select $1::uuid, house.id, $2, (select id from who where role = 'leader'), (select id from who where role = 'administrator'), now(), job.id
		from house, job`,
		[request, recipient]
	);
	return request;
}

const drafts = () => {
	const folder = archiveFolder(product.dataDir);
	return existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.part')) : [];
};

it('a worker killed midway leaves no archive that is half told, and the next one makes it whole', async () => {
	const key = await generateX25519Identity();
	const request = await confirmedRequest(await identityToRecipient(key));
	const path = archivePath(product.dataDir, request);
	for (let n = 0; n < 3000 && drafts().length === 0; n++) await sleep(5);
	expect(drafts()).toHaveLength(1);
	const worker = readPidFile(join(product.dataDir, 'run/worker.pid'))!;
	process.kill(worker.pid, 'SIGKILL');
	expect(existsSync(path)).toBe(false);
	expect(
		await sql('select state, ready_at from archive_requests, jobs where jobs.id = job_id')
	).toEqual([{ state: 'running', ready_at: null }]);
	// The lease and the claim of the dead one run out: here at once.
	await sql(`update private.leases set expires_at = now() - interval '1 second'`);
	await sql(`update jobs set taken_until = now() - interval '1 second' where kind = 'archive'`);
	for (let n = 0; n < 600; n++) {
		const [told] = await sql<{ ready: boolean }>(
			'select ready_at is not null as ready from archive_requests'
		);
		if (told!.ready) break;
		// A new worker may have asked for the lease before it ran out; it asks again every minute.
		await sleep(200);
	}
	const opened = await openArchive(readFileSync(path), key);
	const [counted] = await sql<{ n: number }>('select count(*)::integer as n from responses');
	expect(opened.counts['public.responses']).toBe(counted!.n);
	expect(opened.rows.get('public.responses')).toHaveLength(counted!.n);
	expect(new Set(opened.rows.get('public.responses')!.map(({ id }) => id)).size).toBe(counted!.n);
	const [job] = await sql<{ state: string; attempts: number }>(
		`select state, attempts from jobs where kind = 'archive'`
	);
	expect(job).toEqual({ state: 'done', attempts: 2 });
});
