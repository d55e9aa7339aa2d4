/** Reads what would help a unit: one call, its shape checked. SQL decides who may and what is hidden. */
import type { SupabaseClient } from '@supabase/supabase-js';
import { z } from 'zod';
import { dataOf } from '$lib/server/errors';
import { itemsOf } from '$lib/transparency/cells';
import {
	itemRow,
	itemTextsRow,
	organisationRow,
	periodRow,
	textsRow
} from '$lib/transparency/result-rows';
import type { Help } from './help';

const named = z.object({ id: z.uuid(), names: textsRow });
const count = z.number().int().nonnegative();
const tenths = z.number().int().min(-10).max(10).nullable();

const helpRow = z.object({
	organisation: organisationRow,
	unit: named,
	units: z.array(named.extend({ depth: count })),
	period: periodRow.nullable(),
	periods: z.array(periodRow),
	items: z.array(itemRow),
	item_texts: itemTextsRow,
	peers: z.object({
		kind: z.string(),
		units: count,
		items: z.array(z.object({ item: z.string(), persons: count, satisfied: count }))
	}),
	associations: z.array(
		z.object({
			item: z.string(),
			weight: count.nullable(),
			phi: tenths,
			low: tenths,
			high: tenths
		})
	)
});

/**
 * @param query code of the period, null for the running quarter
 * @throws DatabaseError not_allowed (403), unknown_period (422)
 */
export async function readHelp(
	client: SupabaseClient,
	query: { unit: string; period: string | null }
): Promise<Help> {
	const data = await dataOf(
		'read what would help',
		client.rpc('office_help', { p_unit: query.unit, p_period: query.period })
	);
	const row = helpRow.parse(data);
	return {
		organisation: row.organisation,
		unit: row.unit,
		units: row.units,
		period: row.period,
		periods: row.periods,
		items: itemsOf(row.items, row.item_texts),
		peers: row.peers,
		associations: row.associations.map(({ item, weight, phi, low, high }) => ({
			item,
			weight,
			phi: phi === null || low === null || high === null ? null : { value: phi, low, high }
		}))
	};
}
