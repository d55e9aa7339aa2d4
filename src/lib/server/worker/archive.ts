// Makes the archive that an organisation takes along: every table that holds rows of it, read page by page with the
// secret key, as JSON lines in a tar, sealed for the key that the asker was shown. Killed at any moment it leaves a draft
// that is deleted later, and the job is done again from its beginning.

import { mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Encrypter } from 'age-encryption';
import { z } from 'zod';
import { Pieces, put, sealTar, type Pack } from '../../../../supabase/local/backup/sealed-tar.ts';
import { archiveFolder, archivePath } from '../archive-place.ts';
import { archiveReadme } from './archive-readme.ts';
import { JobFailed } from './job-failed.ts';
import type { Handler, QueuedJob, QueueTools } from './queue.ts';

type Client = QueueTools['client'];

const payload = z.object({ request: z.uuid() });
const plan = z.object({
	recipient: z.string(),
	organisation: z.object({ vi: z.string() }),
	tables: z.array(
		z.object({
			name: z.string(),
			about: z.string().nullable(),
			rows: z.number(),
			columns: z.array(z.string())
		})
	)
});
const page = z.object({ count: z.number(), lines: z.string(), next: z.string().nullable() });

export type ArchivePlan = z.infer<typeof plan>;

/** Pages between two reports: the job is ours for two minutes after each. */
const REPORT_EVERY = 20;

async function rpc(client: Client, name: string, values: object): Promise<unknown> {
	const { data, error } = await client.rpc(name as never, values as never);
	if (error) throw new JobFailed(error.code);
	return data;
}

/** Writes one table; resolves to its number of rows. */
async function putTable(
	tar: Pack,
	client: Client,
	request: string,
	name: string,
	tell: (rows: number) => Promise<void>
): Promise<number> {
	const pieces = new Pieces(tar, (number) => `tables/${name}/${number}.jsonl`);
	let rows = 0;
	let after: string | null = null;
	do {
		const asked = { p_request: request, p_table: name, p_after: after };
		const { count, lines, next } = page.parse(await rpc(client, 'archive_page', asked));
		await pieces.add(Buffer.from(lines));
		rows += count;
		after = next;
		await tell(count);
	} while (after !== null);
	await pieces.flush();
	return rows;
}

async function fill(
	tar: Pack,
	request: string,
	wanted: ArchivePlan,
	{ client, report }: QueueTools
): Promise<Record<string, number>> {
	await put(tar, 'README.txt', Buffer.from(archiveReadme(wanted, new Date())));
	const about = wanted.tables.reduce((sum, { rows }) => sum + rows, 0);
	const counts: Record<string, number> = {};
	let [done, pages] = [0, 0];
	for (const { name } of wanted.tables) {
		counts[name] = await putTable(tar, client, request, name, async (rows) => {
			done += rows;
			// The size is a guess of the planner's until all is read.
			if (++pages % REPORT_EVERY === 0) await report(done, Math.max(about, done));
		});
	}
	// Last of all: what tells a whole archive from one whose making was interrupted.
	await put(tar, 'rows.json', Buffer.from(`${JSON.stringify(counts, null, '\t')}\n`));
	return counts;
}

/** The job "archive". @param dataDir where the file is put, in `archives/` */
export async function makeArchive(
	job: Pick<QueuedJob, 'payload'>,
	tools: QueueTools,
	dataDir = process.env.DATA_DIR ?? '.data'
): Promise<Record<string, unknown>> {
	const { request } = payload.parse(job.payload);
	const wanted = plan.parse(await rpc(tools.client, 'archive_begin', { p_request: request }));
	const encrypter = new Encrypter();
	encrypter.addRecipient(wanted.recipient);
	mkdirSync(archiveFolder(dataDir), { recursive: true, mode: 0o700 });
	const path = archivePath(dataDir, request);
	const draft = `${path}.${crypto.randomUUID().slice(0, 8)}.part`;
	const counts = await sealTar(path, draft, encrypter, (tar) => fill(tar, request, wanted, tools));
	const rows = Object.values(counts).reduce((sum, n) => sum + n, 0);
	const told = await rpc(tools.client, 'archive_ready', {
		p_request: request,
		p_bytes: statSync(path).size,
		p_rows: rows
	});
	// Taken back while it was made.
	if (told !== true) rmSync(path, { force: true });
	return { rows, tables: wanted.tables.length };
}

export const archive: Handler = (job, tools) => makeArchive(job, tools);

const DAY = 24 * 3600_000;

/** Deletes files whose time is over, and drafts of a killed worker; resolves to how many. */
export async function clearArchives(
	client: Client,
	dataDir = process.env.DATA_DIR ?? '.data'
): Promise<{ deleted: number }> {
	const folder = archiveFolder(dataDir);
	let names: string[];
	try {
		names = readdirSync(folder);
	} catch {
		return { deleted: 0 };
	}
	const known = z.array(z.string()).parse(await rpc(client, 'archive_files', {}));
	const wanted = new Set(known.map((request) => archivePath(dataDir, request)));
	const over = names.filter((name) =>
		name.endsWith('.part')
			? Date.now() - statSync(join(folder, name)).mtimeMs > DAY
			: !wanted.has(join(folder, name))
	);
	for (const name of over) rmSync(join(folder, name), { force: true });
	return { deleted: over.length };
}
