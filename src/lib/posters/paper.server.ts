/**
 * Batches of paper forms on their way into the figures: begun, keyed, keyed again, settled, handed over.
 * SQL decides who may do which step when; every function throws DatabaseError with its key.
 */
import type { SupabaseClient } from '@supabase/supabase-js';
import { z } from 'zod';
import { localisedSchema, versionSchema } from '$lib/questionnaire/version';
import { dataOf } from '$lib/server/errors';
import type { Answers } from '$lib/survey/answers';
import type { KeyedAnswers } from './differences';

const STATES = ['keying', 'checking', 'queued', 'refused', 'recorded', 'dropped'] as const;
export type PaperState = (typeof STATES)[number];
const halfDay = z.enum(['morning', 'afternoon']);

const list = z.object({
	total: z.number(),
	batches: z.array(
		z.object({
			id: z.uuid(),
			number: z.number(),
			day: z.string(),
			half_day: halfDay,
			state: z.enum(STATES),
			labels: localisedSchema,
			unit: localisedSchema,
			mine: z.boolean(),
			sheets: z.number()
		})
	)
});

const answers = z.object({
	moment: z.string().nullable(),
	procedure_group_id: z.string().nullable(),
	pressed_by: z.string().nullable(),
	ratings: z.array(z.number().nullable()),
	facts: z.record(z.string(), z.array(z.number()))
});

const batch = z.object({
	id: z.uuid(),
	number: z.number(),
	state: z.enum(STATES),
	day: z.string(),
	half_day: halfDay,
	language: z.enum(['vi', 'zh', 'en']),
	mine: z.boolean(),
	point: z.object({
		labels: localisedSchema,
		moment: z.enum(['receive', 'return', 'both']),
		wording: z.enum(['one_stop', 'gate'])
	}),
	unit: localisedSchema,
	procedure_groups: z.array(z.object({ id: z.uuid(), names: localisedSchema })),
	definition: versionSchema,
	keyed: z.number(),
	sample: z.number(),
	sample_keyed: z.number(),
	next_again: z.number().nullable(),
	/** Sheets that cannot be recorded as things stand, and the key of why. */
	refused: z.array(z.object({ number: z.number(), key: z.string() })),
	differences: z.array(z.object({ number: z.number(), first: answers, second: answers }))
});

export type PaperBatch = z.infer<typeof batch>;
export const PAGE_SIZE = 50;

export async function listBatches(client: SupabaseClient, unitId: string, offset: number) {
	const asked = { p_unit: unitId, p_offset: offset };
	return list.parse(await dataOf('list paper batches', client.rpc('list_paper_batches', asked)));
}

export async function readBatch(client: SupabaseClient, id: string): Promise<PaperBatch> {
	const query = client.rpc('read_paper_batch', { p_batch: id });
	return batch.parse(await dataOf('read paper batch', query));
}

export async function openBatch(
	client: SupabaseClient,
	wanted: { pointId: string; day: string; halfDay: string; language: string }
): Promise<string> {
	const asked = {
		p_point: wanted.pointId,
		p_day: wanted.day,
		p_half_day: wanted.halfDay,
		p_language: wanted.language
	};
	const data = await dataOf('open paper batch', client.rpc('open_paper_batch', asked));
	return z.object({ id: z.uuid() }).parse(data).id;
}

/** The answers of a sheet as SQL keeps them. */
export function asKept(given: Answers): KeyedAnswers & { comment: string | null } {
	return {
		moment: given.moment,
		procedure_group_id: given.procedureGroupId,
		pressed_by: given.pressedBy,
		ratings: given.ratings,
		facts: given.facts,
		comment: given.comment
	};
}

/** Keeps one sheet; `again` is the second keying of a sheet of the sample. */
export async function keySheet(
	client: SupabaseClient,
	id: string,
	sheet: { number: number; answers: ReturnType<typeof asKept>; isAgain: boolean }
): Promise<void> {
	const asked = { p_batch: id, p_number: sheet.number, p_answers: sheet.answers };
	const name = sheet.isAgain ? 'key_paper_again' : 'key_paper_sheet';
	await dataOf('key paper sheet', client.rpc(name, asked));
}

export async function settleSheet(
	client: SupabaseClient,
	id: string,
	number: number,
	right: KeyedAnswers
): Promise<void> {
	const asked = { p_batch: id, p_number: number, p_answers: right };
	await dataOf('settle paper sheet', client.rpc('settle_paper_sheet', asked));
}

/** @returns the number of the sheet that was taken out, or null */
export async function undoSheet(client: SupabaseClient, id: string): Promise<number | null> {
	const data = await dataOf('undo paper sheet', client.rpc('undo_paper_sheet', { p_batch: id }));
	return z.object({ number: z.number().nullable() }).parse(data).number;
}

/** Ends the first keying, hands a checked batch to the worker, or throws a batch away. */
export async function moveOn(
	client: SupabaseClient,
	id: string,
	step: 'close' | 'submit' | 'drop'
): Promise<void> {
	await dataOf(`${step} paper batch`, client.rpc(`${step}_paper_batch`, { p_batch: id }));
}
