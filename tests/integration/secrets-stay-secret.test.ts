// Plants an answer and looks for it, and for every secret of the installation, wherever it must not be: logs, pages,
// metrics, the process list, the repository.

import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, inject, it } from 'vitest';
import { ROOT, withDatabase } from '../../supabase/local/migrations.ts';
import type { Secrets } from '../../supabase/local/secrets.ts';
import { openForm, postForm } from '../support/citizen.ts';

const product = inject('product');
const planted = `gieo ${randomBytes(9).toString('hex')}`;
const address = `${randomBytes(6).toString('hex')}@gieo.example`;
const secrets = JSON.parse(readFileSync(join(product.dataDir, 'secrets.json'), 'utf8')) as Secrets;
/** The publishable key is public by design; the others are nobody's business. */
const PRIVATE = Object.entries(secrets).filter(([name]) => name !== 'publishableKey');

const found = (text: string) => [
	...PRIVATE.filter(([, value]) => text.includes(value)).map(([name]) => name),
	...(text.includes(planted) ? ['the answer'] : []),
	...(text.includes(address) ? ['the address'] : [])
];

const pages: string[] = [];
const keep = async (answer: Response) => {
	pages.push([...answer.headers].flat().join('\n'), await answer.text());
};

/** Everything that an attacker or a fault may do to make something talk. */
async function provoke(): Promise<void> {
	const url = product.servicePoints[0]!.url.replace('localhost', '127.0.0.1');
	const form = await openForm(url);
	expect((await postForm(form, { S0: '4', comment: planted })).status).toBe(200);
	// What is refused is shown again to who typed it, and to nobody else: these pages are not kept.
	await postForm(await openForm(url), { comment: planted });
	await postForm(await openForm(url), { S0: '9', comment: planted });
	await fetch(url, { method: 'POST', body: planted, headers: { 'content-type': 'text/plain' } });
	const rpc = (name: string, body: string, key = secrets.publishableKey) =>
		fetch(`${product.apiUrl}/rest/v1/rpc/${name}`, {
			method: 'POST',
			headers: { apikey: key, 'content-type': 'application/json' },
			body
		});
	const item = { ticket: 'x', service_point_id: 'y', comment: planted, ratings: planted };
	await rpc('submit_responses', JSON.stringify({ batch: { items: [item] } }));
	await rpc('survey_form', JSON.stringify({ p_token: planted }));
	await rpc('submit_responses', planted);
	await keep(await rpc('record_responses', '{}'));
	await keep(await rpc('release_figures', '{}', 'sb_secret_wrong'));
	await fetch(`${product.apiUrl}/auth/v1/token?grant_type=password`, {
		method: 'POST',
		headers: { apikey: secrets.publishableKey, 'content-type': 'application/json' },
		body: JSON.stringify({ email: address, password: planted })
	});
	// An error of the database itself, about a row that holds the answer.
	await withDatabase(product.databaseUrl, async (client) => {
		await client.query(`select $1::integer`, [planted]).catch(() => {});
		await client
			.query(
				`insert into private.secrets (name, value) values ('ticket', convert_to($1, 'UTF8'))`,
				[planted]
			)
			.catch(() => {});
	});
	for (const path of [
		'/',
		'/results',
		'/privacy',
		'/healthz',
		'/metrics',
		'/.env',
		'/_app/version.json'
	]) {
		await keep(await fetch(product.url + path));
	}
}

function filesUnder(folder: string): string[] {
	return readdirSync(folder, { recursive: true, encoding: 'utf8' })
		.map((name) => join(folder, name))
		.filter((path) => statSync(path).isFile());
}

describe('secrets and answers', () => {
	it('are in no log', async () => {
		await provoke();
		const logs = filesUnder(join(product.dataDir, 'logs'));
		expect(logs.map((path) => path.split('/').at(-1))).toEqual(
			expect.arrayContaining(['app.log', 'api.log', 'postgres.log', 'worker.log'])
		);
		const talkative = logs
			.map((path) => ({ log: path, found: found(readFileSync(path, 'utf8')) }))
			.filter((log) => log.found.length > 0);
		expect(talkative).toEqual([]);
	});

	it('are in no page, header or metric', () => {
		expect(pages.length).toBeGreaterThan(10);
		expect(found(pages.join('\n'))).toEqual([]);
	});

	it('are in no command line, which everybody on the machine may read', () => {
		const commands = readdirSync('/proc')
			.filter((name) => /^\d+$/.test(name))
			.map((pid) => {
				try {
					return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
				} catch {
					return '';
				}
			});
		expect(found(commands.join('\n'))).toEqual([]);
	});

	it('are in no file of the repository, nor is anything that looks like one', () => {
		const tracked = execFileSync('git', ['ls-files', '-z'], { cwd: ROOT, encoding: 'utf8' })
			.split('\0')
			.filter((name) => name && name !== 'package-lock.json');
		const looksSecret =
			/sb_secret_[\w-]{20,}|AGE-SECRET-KEY-1[A-Z0-9]{20,}|-----BEGIN [A-Z ]*PRIVATE KEY-----|eyJ[\w-]{20,}\.eyJ[\w-]{20,}\./;
		const suspicious = tracked.filter((name) => {
			const text = readFileSync(join(ROOT, name), 'utf8');
			return found(text).length > 0 || looksSecret.test(text);
		});
		expect(suspicious).toEqual([]);
	});

	it('lie in files that only their owner reads', () => {
		const open = filesUnder(product.dataDir)
			// The cluster guards itself, and a certificate is public.
			.filter((path) => !/\/(postgres|postgres-programs)\/|\/certificate\.pem$/.test(path))
			.filter((path) => statSync(path).mode & 0o077);
		expect(open).toEqual([]);
	});
});
