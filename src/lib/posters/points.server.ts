/**
 * The service points that somebody may print for: a list to choose from, and what stands on a sheet.
 * SQL decides whose they are; every function throws DatabaseError with its key.
 */
import type { SupabaseClient } from '@supabase/supabase-js';
import { z } from 'zod';
import { dataOf } from '$lib/server/errors';
import type { ServicePoint } from '$lib/units/service-point';

const texts = z.object({ vi: z.string(), zh: z.string().nullish(), en: z.string().nullish() });
const moment = z.enum(['receive', 'return', 'both']);

const list = z.object({
	total: z.number(),
	points: z.array(
		z.object({
			id: z.uuid(),
			token: z.string(),
			labels: texts,
			kind: z.enum(['counter', 'kiosk', 'link']),
			moment,
			offers_paper: z.boolean(),
			unit: z.object({ id: z.uuid(), names: texts })
		})
	),
	units: z.array(z.object({ id: z.uuid(), names: texts, depth: z.number(), points: z.number() }))
});

const chosen = z.array(
	z
		.object({
			id: z.uuid(),
			token: z.string(),
			labels: texts,
			moment,
			wording: z.enum(['one_stop', 'gate']),
			offers_paper: z.boolean(),
			unit: z.object({ id: z.uuid(), names: texts }),
			organisation: z.object({
				id: z.uuid(),
				names: texts,
				phone: z.string(),
				is_demo: z.boolean()
			}),
			seconds: z.union([z.literal(30), z.literal(60), z.literal(120)]).catch(60)
		})
		.transform(({ organisation, unit, offers_paper, ...rest }) => ({
			...rest,
			unit: unit.names,
			unitId: unit.id,
			organisation: organisation.names,
			organisationId: organisation.id,
			phone: organisation.phone,
			isDemo: organisation.is_demo,
			offersPaper: offers_paper
		}))
);

export type PrintPointList = z.infer<typeof list>;
export type ChosenPoint = ServicePoint & z.infer<typeof chosen>[number];

/** Points shown at once. */
export const PAGE_SIZE = 100;

export async function listPoints(
	client: SupabaseClient,
	unitId: string,
	search: string,
	offset: number
): Promise<PrintPointList> {
	const asked = { p_unit: unitId, p_search: search || null, p_offset: offset };
	return list.parse(await dataOf('list print points', client.rpc('list_print_points', asked)));
}

/** @param wanted tokens of points and ids of whole units; what is not the caller's is left out */
export async function readPoints(
	client: SupabaseClient,
	unitId: string,
	wanted: { points: string[]; units: string[] }
): Promise<ChosenPoint[]> {
	if (wanted.points.length + wanted.units.length === 0) return [];
	const asked = { p_unit: unitId, p_chosen: { points: wanted.points, units: wanted.units } };
	return chosen.parse(await dataOf('read print points', client.rpc('read_print_points', asked)));
}
