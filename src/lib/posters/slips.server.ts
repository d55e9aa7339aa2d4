/**
 * Batches of one-time code slips. SQL makes the codes, keeps only their hashes and decides who may.
 * Every function throws DatabaseError with its key.
 */
import type { SupabaseClient } from '@supabase/supabase-js';
import { z } from 'zod';
import { dataOf } from '$lib/server/errors';
import { SLIP_MOMENTS, type SlipMoment } from './slip';

const texts = z.object({ vi: z.string(), zh: z.string().nullish(), en: z.string().nullish() });

const made = z.object({
	number: z.number(),
	expires_on: z.string(),
	codes: z.array(z.string())
});

const list = z.object({
	total: z.number(),
	batches: z.array(
		z.object({
			id: z.uuid(),
			number: z.number(),
			moment: z.enum(SLIP_MOMENTS),
			slips: z.number(),
			made_on: z.string(),
			expires_on: z.string(),
			expired: z.boolean(),
			withdrawn_on: z.string().nullable(),
			labels: texts,
			unit: texts,
			/** Null under five. */
			used: z.number().nullable()
		})
	)
});

export type SlipBatchList = z.infer<typeof list>;
export const PAGE_SIZE = 50;

/** @param batchId chosen by the page, so that sending it twice makes one batch */
export async function makeSlips(
	client: SupabaseClient,
	batchId: string,
	wanted: { pointId: string; moment: SlipMoment; count: number; expiresOn: string }
) {
	const asked = {
		p_batch: batchId,
		p_point: wanted.pointId,
		p_moment: wanted.moment,
		p_count: wanted.count,
		p_expires: wanted.expiresOn
	};
	return made.parse(await dataOf('make slips', client.rpc('make_slips', asked)));
}

export async function listBatches(
	client: SupabaseClient,
	unitId: string,
	offset: number
): Promise<SlipBatchList> {
	const asked = { p_unit: unitId, p_offset: offset };
	return list.parse(await dataOf('list slip batches', client.rpc('list_slip_batches', asked)));
}

export async function withdraw(client: SupabaseClient, batchId: string): Promise<void> {
	await dataOf('withdraw slips', client.rpc('withdraw_slips', { p_batch: batchId }));
}
