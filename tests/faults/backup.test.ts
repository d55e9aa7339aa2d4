// What is left when the disk is gone: the archive and its key. Backed up while citizens answer, then everything is
// killed and deleted, restored, and counted again. And what archives that cannot be restored say.

import { execFile, spawnSync } from 'node:child_process';
import {
	cpSync,
	existsSync,
	mkdirSync,
	readdirSync,
	readFileSync,
	rmSync,
	truncateSync,
	writeFileSync
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startPostgres } from '../../supabase/local/embedded.ts';
import { prepareFolders } from '../../supabase/local/installation.ts';
import { ROOT, runBootstrap, withDatabase } from '../../supabase/local/migrations.ts';
import { readPidFile, waitGone } from '../../supabase/local/processes.ts';
import { readSecrets } from '../../supabase/local/secrets.ts';
import { Supervisor } from '../../supabase/local/supervisor.ts';
import { temporaryFolder } from '../../supabase/local/throwaway.ts';
import { openForm, postForm, type OpenedForm } from '../support/citizen.ts';
import { ProductProcess, removeDataDir } from '../support/product.ts';

const PASSPHRASE = 'một mật khẩu đủ dài để thử';
const folder = temporaryFolder();
const dataDir = join(folder, 'data');
const backups = join(folder, 'backups');

/** Runs one of the tools as `npm run <name>` would. */
function tool(
	name: 'backup' | 'restore' | 'recount' | 'audit-verify',
	args: string[],
	env: NodeJS.ProcessEnv = {}
) {
	const { status, stdout, stderr } = spawnSync(
		process.execPath,
		[join(ROOT, `supabase/local/${name}.ts`), ...args],
		{
			cwd: ROOT,
			encoding: 'utf8',
			env: {
				...process.env,
				DATA_DIR: dataDir,
				BACKUP_DIR: backups,
				BACKUP_PASSPHRASE: PASSPHRASE,
				...env
			}
		}
	);
	return { status, output: stdout, refusal: stderr.trim() };
}

const archives = () => readdirSync(backups).map((name) => join(backups, name));

async function rpc(product: ProductProcess, name: string, body: unknown): Promise<unknown> {
	const { apiUrl, publishableKey } = product.facts();
	const answer = await fetch(`${apiUrl}/rest/v1/rpc/${name}`, {
		method: 'POST',
		headers: { apikey: publishableKey, 'content-type': 'application/json' },
		body: JSON.stringify(body)
	});
	return answer.json();
}

/** All that the public reads of all organisations. */
async function figures(product: ProductProcess): Promise<unknown[]> {
	const { organisations } = (await rpc(product, 'public_organisations', {})) as {
		organisations: { id: string }[];
	};
	return Promise.all(
		organisations.map(({ id }) => rpc(product, 'public_results', { p_organisation: id }))
	);
}

const countRows = (databaseUrl: string, table: string) =>
	withDatabase(databaseUrl, async (client) => {
		const { rows } = await client.query<{ n: number }>(`select count(*)::int as n from ${table}`);
		return rows[0]!.n;
	});

const recountAgrees = (env: NodeJS.ProcessEnv = {}) => {
	const { status, output } = tool('recount', [], env);
	expect({ status, output }).toEqual({
		status: 0,
		output: expect.stringContaining('Everything agrees') as string
	});
};

describe('a backup', () => {
	let product: ProductProcess;
	let archive: string;
	let spent: OpenedForm;
	let unspent: OpenedForm;
	let before: unknown[];

	const pointUrl = () => product.facts().servicePoints[0]!.url.replace('localhost', '127.0.0.1');

	beforeAll(async () => {
		product = await ProductProcess.start({ dataDir });
		const { apiUrl, publishableKey } = product.facts();
		const signUp = await fetch(`${apiUrl}/auth/v1/signup`, {
			method: 'POST',
			headers: { apikey: publishableKey, 'content-type': 'application/json' },
			body: JSON.stringify({ email: 'can.bo@example.vn', password: 'một-mật-khẩu-dài' })
		});
		expect(signUp.status).toBe(200);
		spent = await openForm(pointUrl());
		unspent = await openForm(pointUrl());
		expect((await postForm(spent, { S0: '5', comment: 'đã gửi trước' })).status).toBe(200);
	});
	afterAll(async () => {
		await product.stop();
		removeDataDir(dataDir);
		rmSync(folder, { recursive: true, force: true });
	});

	it('is made while citizens answer', async () => {
		let running = true;
		let thanked = 0;
		const citizens = Array.from({ length: 8 }, async () => {
			while (running) {
				const form = await openForm(pointUrl());
				if ((await postForm(form, { S0: '4', comment: 'giữa lúc sao lưu' })).status === 200) {
					thanked++;
				}
			}
		});
		const answering = Promise.all(citizens);
		await sleep(500);
		const env = {
			...process.env,
			DATA_DIR: dataDir,
			BACKUP_DIR: backups,
			BACKUP_PASSPHRASE: PASSPHRASE
		};
		const output = await new Promise<string>((resolve, reject) =>
			execFile(
				process.execPath,
				[join(ROOT, 'supabase/local/backup.ts')],
				{ env },
				(error, stdout) => (error ? reject(error) : resolve(stdout))
			)
		);
		running = false;
		await answering;
		expect(thanked).toBeGreaterThan(0);
		expect(output).toMatch(/^Backup: .*\.tar\.gz\.age \(.* MB, \d+ rows\)\n/);
		expect(archives()).toHaveLength(1);
		archive = archives()[0]!;
		before = await figures(product);
	});

	it('holds nothing that can be read without its key', () => {
		const text = readFileSync(archive, 'latin1');
		const { ticketSecret } = readSecrets(dataDir);
		expect(text.startsWith('age-encryption.org/v1\n')).toBe(true);
		expect(text).not.toContain(ticketSecret);
		expect(text).not.toContain('giữa lúc');
	});

	it('is refused where there is an installation already', () => {
		const { status, refusal } = tool('restore', [archive]);
		expect(status).toBe(1);
		expect(refusal).toMatch(/^\S+ already holds an installation: .*\.$/);
	});

	it.each<[string, RegExp, (path: string) => NodeJS.ProcessEnv | void]>([
		['cut off', /is incomplete or damaged at its end/, (path) => truncateSync(path, 700_000)],
		[
			'changed in its middle',
			/is damaged: take another/,
			(path) => {
				const bytes = readFileSync(path);
				bytes[300_000]! ^= 1;
				writeFileSync(path, bytes);
			}
		],
		['of another kind', /is not a backup of Lắng Nghe/, (path) => writeFileSync(path, 'PK')],
		[
			'sealed with another passphrase',
			/The passphrase or key does not open/,
			() => ({ BACKUP_PASSPHRASE: 'một mật khẩu khác hẳn' })
		],
		['not there', /There is no file/, (path) => rmSync(path)]
	])('that is %s says so in one sentence and changes nothing', (_, sentence, harm) => {
		const copy = join(folder, 'copy.age');
		const empty = join(folder, 'empty');
		cpSync(archive, copy);
		const env = harm(copy) ?? {};
		const { status, refusal } = tool('restore', [copy], { ...env, DATA_DIR: empty });
		expect(status).toBe(1);
		expect(refusal).toMatch(sentence);
		expect(refusal.split('\n')).toHaveLength(1);
		expect(existsSync(empty)).toBe(false);
		rmSync(copy, { force: true });
	});

	it('brings everything back after the data folder is deleted', async () => {
		const services = ['postgres', 'api', 'app', 'worker'].map((name) =>
			readPidFile(join(dataDir, 'run', `${name}.pid`))
		);
		await product.stop('SIGKILL');
		for (const mark of services) {
			if (!mark) continue;
			process.kill(mark.pid, 'SIGKILL');
			await waitGone(mark, 10_000);
		}
		removeDataDir(dataDir);
		expect(existsSync(dataDir)).toBe(false);

		const { status, refusal } = tool('restore', [archive]);
		expect({ status, refusal }).toEqual({ status: 0, refusal: '' });
		product = await ProductProcess.start({ dataDir, port: product.port });
		recountAgrees();
		const chain = tool('audit-verify', []);
		expect({ status: chain.status, refusal: chain.refusal }).toEqual({ status: 0, refusal: '' });
		// Answers that came while the backup was made may be on either side of it; figures wait for the release.
		const after = await figures(product);
		const without = (all: unknown[]) =>
			all.map((one) => ({ ...(one as object), received: 0, waiting: 0 }));
		expect(without(after)).toEqual(without(before));
	});

	it('keeps spent tickets spent and open forms good', async () => {
		const { databaseUrl } = product.facts();
		const stored = await countRows(databaseUrl, 'public.responses');
		expect((await postForm(spent, { S0: '5', comment: 'đã gửi trước' })).status).toBe(200);
		expect(await countRows(databaseUrl, 'public.responses')).toBe(stored);
		expect((await postForm(unspent, { S0: '3' })).status).toBe(200);
		expect(await countRows(databaseUrl, 'public.responses')).toBe(stored + 1);
	});

	it('keeps accounts, with their passwords', async () => {
		const { apiUrl, publishableKey } = product.facts();
		const signIn = await fetch(`${apiUrl}/auth/v1/token?grant_type=password`, {
			method: 'POST',
			headers: { apikey: publishableKey, 'content-type': 'application/json' },
			body: JSON.stringify({ email: 'can.bo@example.vn', password: 'một-mật-khẩu-dài' })
		});
		expect(signIn.status).toBe(200);
	});

	it('moves to a Supabase elsewhere, accounts included, and not into one that holds data', async () => {
		// A plain Postgres with what `bootstrap.sql` makes, and accounts as the Auth server of Supabase keeps them.
		const elsewhere = join(folder, 'elsewhere');
		const supervisor = new Supervisor();
		try {
			const folders = prepareFolders(elsewhere);
			const secrets = readSecrets(elsewhere);
			const { url } = await startPostgres(supervisor, {
				dataDir: elsewhere,
				folders,
				secrets,
				say: () => {}
			});
			await withDatabase(url, async (client) => {
				await runBootstrap(client);
				await client.query(readFileSync(join(ROOT, 'tests/support/supabase-auth.sql'), 'utf8'));
			});
			const env = { DATABASE_URL: url, DATA_DIR: join(folder, 'app') };
			const restored = tool('restore', [archive], env);
			expect({ status: restored.status, refusal: restored.refusal }).toEqual({
				status: 0,
				refusal: ''
			});
			recountAgrees(env);
			const { rows } = await withDatabase(url, (client) =>
				client.query(
					`select email, instance_id, confirmation_token, encrypted_password <> '' as has_password from auth.users where email like 'can.bo@%'`
				)
			);
			expect(rows).toEqual([
				{
					email: 'can.bo@example.vn',
					instance_id: '00000000-0000-0000-0000-000000000000',
					confirmation_token: '',
					has_password: true
				}
			]);
			const again = tool('restore', [archive], { ...env, DATA_DIR: join(folder, 'other') });
			expect(again.refusal).toMatch(/already holds data/);
			// And back: a backup of that Supabase is one as well.
			mkdirSync(join(folder, 'elsewhere-backups'));
			const made = tool('backup', [], { ...env, BACKUP_DIR: join(folder, 'elsewhere-backups') });
			expect(made.status).toBe(0);
		} finally {
			await supervisor.endAll();
			removeDataDir(elsewhere);
		}
	});

	it('is made of a stopped installation too', async () => {
		await product.stop();
		const made = tool('backup', []);
		expect({ status: made.status, refusal: made.refusal }).toEqual({ status: 0, refusal: '' });
		expect(archives()).toHaveLength(2);
		product = await ProductProcess.start({ dataDir, port: product.port });
	});
});
