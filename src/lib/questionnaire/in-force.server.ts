/**
 * Which questionnaire is asked where, through the API: one unit with what lies under it, and choosing.
 * Who may, SQL decides; every function throws DatabaseError with its key.
 */
import type { SupabaseClient } from '@supabase/supabase-js';
import { z } from 'zod';
import { dataOf } from '$lib/server/errors';
import { localisedSchema } from './version';

const named = z.object({ id: z.uuid(), names: localisedSchema });

const place = z
	.object({
		unit: named,
		own: z.uuid().nullable(),
		in_force: z.uuid().nullable(),
		from: named.nullable(),
		path: z.array(named),
		questionnaires: z.array(named.extend({ number: z.number() })),
		units_total: z.number(),
		units: z.array(named.extend({ own: z.uuid().nullable(), in_force: z.uuid().nullable() })),
		points_total: z.number(),
		points: z.array(
			z.object({
				id: z.uuid(),
				labels: localisedSchema,
				unit: localisedSchema,
				own: z.uuid().nullable(),
				in_force: z.uuid()
			})
		)
	})
	.transform(({ in_force, units_total, points_total, ...rest }) => ({
		...rest,
		inForce: in_force,
		unitsTotal: units_total,
		pointsTotal: points_total
	}));

export type PlaceInForce = z.infer<typeof place>;

/** Rows shown at once, of units and of points. */
export const PAGE_SIZE = 50;

export async function readPlace(
	client: SupabaseClient,
	unitId: string,
	search: string,
	offset: number
): Promise<PlaceInForce> {
	const asked = { p_unit: unitId, p_search: search || null, p_offset: offset };
	return place.parse(await dataOf('read in force', client.rpc('read_in_force', asked)));
}

/** @param questionnaireId null to inherit again */
export async function choose(
	client: SupabaseClient,
	at: { unit: string } | { point: string },
	questionnaireId: string | null
): Promise<void> {
	const asked = {
		p_unit: 'unit' in at ? at.unit : null,
		p_point: 'point' in at ? at.point : null,
		p_questionnaire: questionnaireId
	};
	await dataOf('set in force', client.rpc('set_in_force', asked));
}
