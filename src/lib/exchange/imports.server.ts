/**
 * Imports: rows of a file go up in chunks, are tried, written or thrown away; exports come down in chunks.
 * SQL decides what a row may do; every function throws DatabaseError with its key. Must not know: pages and texts.
 */
import type { SupabaseClient } from '@supabase/supabase-js';
import { z } from 'zod';
import { dataOf } from '$lib/server/errors';
import { COLUMNS, type FileKind } from './columns';
import { stagedRows } from './rows';
import { readTable, type Cell } from './table-file';

const texts = z.object({ vi: z.string(), zh: z.string().nullish(), en: z.string().nullish() });
const summary = z.object({
	rows: z.number(),
	added: z.number(),
	changed: z.number(),
	unchanged: z.number(),
	wrong: z.number()
});
export const importCard = z.object({
	id: z.uuid(),
	kind: z.enum(['units', 'points', 'procedures', 'members', 'served', 'answers']),
	file: z.string(),
	state: z.enum(['uploading', 'uploaded', 'checked', 'queued', 'applied']),
	columns: z.array(z.string()),
	total: z.number(),
	summary: z.record(z.string(), z.unknown()).nullable(),
	mapping: z.record(z.string(), z.unknown()).nullable(),
	processed: z.number(),
	unit: z.object({ id: z.uuid(), names: texts }),
	asked_on: z.iso.date(),
	by: z.string().nullable(),
	job: z
		.object({
			state: z.enum(['waiting', 'running', 'done', 'failed']),
			progress: z.number(),
			of: z.number().nullable(),
			error: z.string().nullable()
		})
		.nullable()
});
const importPage = importCard.extend({
	rows: z.array(
		z.object({
			number: z.number(),
			cells: z.union([z.record(z.string(), z.unknown()), z.array(z.string())]),
			problems: z.array(
				z.object({ field: z.string(), key: z.string(), value: z.string().optional() })
			),
			action: z.enum(['added', 'changed', 'unchanged', 'removed']).nullable()
		})
	)
});

export type ImportCard = z.infer<typeof importCard>;
export type ImportPage = z.infer<typeof importPage>;
export type ImportSummary = z.infer<typeof summary>;
export const summaryOf = (card: ImportCard): ImportSummary | null =>
	summary.safeParse(card.summary).data ?? null;

/** Rows of a page of the dry run. */
export const PAGE_SIZE = 50;
const CHUNK = 1000;

/** What is staged: a numbered row of one kind or the other. */
export interface Staged {
	number: number;
	cells: unknown;
	key?: string | null;
	problems?: unknown[];
}

async function stage(client: SupabaseClient, id: string, items: Staged[], last: boolean) {
	const asked = { p_import: id, p_rows: { items }, p_last: last };
	await dataOf('stage import', client.rpc('stage_import', asked));
}

/** Uploads rows chunk by chunk; an import whose file turns out to be unreadable leaves nothing behind. */
export async function upload(
	client: SupabaseClient,
	unitId: string,
	about: { kind: FileKind | 'answers'; file: string; columns: string[]; hash?: string },
	rows: AsyncIterable<Staged>
): Promise<string> {
	const asked = {
		p_unit: unitId,
		p_kind: about.kind,
		p_file: about.file,
		p_columns: about.columns
	};
	const id = z.uuid().parse(await dataOf('start import', client.rpc('start_import', asked)));
	try {
		if (about.hash) {
			const noted = { p_import: id, p_hash: about.hash };
			await dataOf('note import file', client.rpc('note_import_file', noted));
		}
		let chunk: Staged[] = [];
		for await (const row of rows) {
			if (chunk.length === CHUNK) {
				await stage(client, id, chunk, false);
				chunk = [];
			}
			chunk.push(row);
		}
		await stage(client, id, chunk, true);
	} catch (failure) {
		await discard(client, id).catch(() => {});
		throw failure;
	}
	return id;
}

/** Uploads a set-up file and tries it. @throws FileProblem when the file as a whole cannot be read */
export async function uploadAndCheck(
	client: SupabaseClient,
	unitId: string,
	kind: FileKind,
	file: { name: string; bytes: Uint8Array }
): Promise<string> {
	const rows = stagedRows(kind, readTable(file.bytes));
	const id = await upload(client, unitId, { kind, file: file.name, columns: [] }, rows);
	await check(client, id);
	return id;
}

export async function check(client: SupabaseClient, id: string): Promise<ImportSummary> {
	const asked = { p_import: id };
	return summary.parse(await dataOf('check import', client.rpc('check_import', asked)));
}

export async function apply(client: SupabaseClient, id: string): Promise<ImportSummary> {
	const asked = { p_import: id };
	return summary.parse(await dataOf('apply import', client.rpc('apply_import', asked)));
}

export async function discard(client: SupabaseClient, id: string): Promise<void> {
	await dataOf('discard import', client.rpc('discard_import', { p_import: id }));
}

/** @param show all, wrong, or an action */
export async function read(
	client: SupabaseClient,
	id: string,
	show: string,
	offset: number
): Promise<ImportPage> {
	const asked = { p_import: id, p_show: show, p_offset: offset };
	return importPage.parse(await dataOf('read import', client.rpc('read_import', asked)));
}

export async function list(client: SupabaseClient, unitId: string): Promise<ImportCard[]> {
	const rows = await dataOf('list imports', client.rpc('list_imports', { p_unit: unitId }));
	return z.array(importCard).parse(rows);
}

const lines = z.array(z.looseObject({ at: z.string() }));

/** The heading and every row of the subtree, as a file of this kind has them. */
export async function* exported(
	client: SupabaseClient,
	unitId: string,
	kind: FileKind
): AsyncGenerator<Cell[]> {
	const columns = COLUMNS[kind];
	yield columns.map(({ heading }) => heading);
	for (let after = ''; ;) {
		const asked = { p_unit: unitId, p_kind: kind, p_after: after };
		const found = lines.parse(await dataOf('export rows', client.rpc('export_rows', asked)));
		for (const line of found) {
			yield columns.map(({ field, write }) =>
				line[field] === null || line[field] === undefined ? '' : write(line[field])
			);
		}
		const last = found.at(-1);
		if (!last || found.length < 1000) return;
		after = last.at;
	}
}
