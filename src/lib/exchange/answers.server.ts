/**
 * Answers of earlier surveys on their way in: uploaded, matched, judged, handed to the worker. SQL decides;
 * every function throws DatabaseError with its key. Must not know: pages and texts.
 */
import { createHash } from 'node:crypto';
import type { SupabaseClient } from '@supabase/supabase-js';
import { z } from 'zod';
import { dataOf } from '$lib/server/errors';
import { readAnswers } from './answer-table';
import { upload } from './imports.server';
import type { Level } from './suggest';
import { readTable } from './table-file';

const texts = z.object({ vi: z.string(), zh: z.string().nullish(), en: z.string().nullish() });
const choices = z.object({
	in_force: z.uuid().nullable(),
	versions: z.array(
		z.object({
			id: z.uuid(),
			number: z.number(),
			names: texts,
			published_on: z.iso.date(),
			items: z.array(z.object({ code: z.string(), text: z.string(), has_zero: z.boolean() }))
		})
	),
	points: z.array(
		z.object({
			id: z.uuid(),
			code: z.string().nullable(),
			label: z.string(),
			unit: z.string(),
			unit_code: z.string().nullable(),
			is_active: z.boolean()
		})
	)
});
const counted = z.array(z.object({ value: z.string(), count: z.number() }));
const values = z.object({
	levels: counted,
	places: counted.nullable(),
	dates: z
		.object({
			first: z.iso.date().nullable(),
			last: z.iso.date().nullable(),
			wrong: z.number(),
			samples: z.array(z.string().nullable())
		})
		.nullable()
});
/** What is kept of the matching; the part after the columns is there once values were matched. */
export const mapping = z.object({
	version_id: z.uuid(),
	items: z.record(z.string(), z.number()),
	date: z.union([
		z.object({ column: z.number(), format: z.enum(['dmy', 'mdy', 'ymd']) }),
		z.object({ day: z.iso.date() })
	]),
	place: z.union([z.object({ column: z.number() }), z.object({ point: z.uuid() })]),
	levels: z.record(z.string(), z.number().nullable()).optional(),
	points: z.record(z.string(), z.uuid().nullable()).optional()
});
export const answerSummary = z.object({
	rows: z.number(),
	right: z.number(),
	wrong: z.number(),
	years: z.record(z.string(), z.number()),
	recorded: z.number().optional()
});

export type Choices = z.infer<typeof choices>;
export type FoundValues = z.infer<typeof values>;
export type Mapping = z.infer<typeof mapping>;
export type Columns = Omit<Mapping, 'levels' | 'points'>;
export type AnswerSummary = z.infer<typeof answerSummary>;

/** More different values than these are no levels, and no list of places. */
export const MOST_LEVELS = 200;
export const MOST_PLACES = 500;

/** @throws FileProblem, DatabaseError already_imported */
export async function uploadAnswers(
	client: SupabaseClient,
	unitId: string,
	file: { name: string; bytes: Uint8Array }
): Promise<string> {
	const { columns, rows } = await readAnswers(readTable(file.bytes));
	const hash = createHash('sha256').update(file.bytes).digest('hex');
	const about = { kind: 'answers' as const, file: file.name, columns, hash };
	return upload(client, unitId, about, rows);
}

export async function readChoices(client: SupabaseClient, unitId: string): Promise<Choices> {
	const rows = await dataOf('import choices', client.rpc('import_choices', { p_unit: unitId }));
	return choices.parse(rows);
}

export async function saveColumns(
	client: SupabaseClient,
	id: string,
	columns: Columns
): Promise<void> {
	const asked = { p_import: id, p_columns: columns };
	await dataOf('save import columns', client.rpc('save_import_columns', asked));
}

export async function readValues(client: SupabaseClient, id: string): Promise<FoundValues> {
	const rows = await dataOf(
		'read import values',
		client.rpc('read_import_values', { p_import: id })
	);
	return values.parse(rows);
}

/** Says what every value means and has all rows judged. */
export async function saveValues(
	client: SupabaseClient,
	id: string,
	chosen: { levels: Record<string, Level>; points: Record<string, string | null> }
): Promise<void> {
	const asked = { p_import: id, p_values: chosen };
	await dataOf('save import values', client.rpc('save_import_values', asked));
	const step = z.object({ done: z.boolean() });
	for (;;) {
		const answer = await dataOf(
			'check import chunk',
			client.rpc('check_import_chunk', { p_import: id })
		);
		if (step.parse(answer).done) return;
	}
}

/** @param skip wrong rows are left out */
export async function queue(client: SupabaseClient, id: string, skip: boolean): Promise<void> {
	const asked = { p_import: id, p_skip: skip };
	await dataOf('queue import', client.rpc('queue_import', asked));
}
