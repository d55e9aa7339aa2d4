/**
 * Reads what analysts and leaders compare. SQL decides who may and suppresses; this module asks,
 * checks the shape and gives domain values.
 */
import type { SupabaseClient } from '@supabase/supabase-js';
import { z } from 'zod';
import { dataOf } from '$lib/server/errors';
import { itemsOf, measureCellsOf } from '$lib/transparency/cells';
import {
	cellRow,
	itemRow,
	itemTextsRow,
	organisationRow,
	periodRow,
	textsRow
} from '$lib/transparency/result-rows';
import { cellsByUnit, type Comparison } from './comparison';
import { settingsRow } from './settings-row';

const named = z.object({ id: z.uuid(), names: textsRow });
const count = z.number().int().nonnegative();

const comparisonRow = z.object({
	organisation: organisationRow,
	unit: named,
	period: periodRow.nullable(),
	before: periodRow.nullable(),
	periods: z.array(periodRow),
	units: z.array(named.extend({ parent_id: z.uuid().nullable(), kind: z.string(), depth: count })),
	cells: z.array(cellRow),
	earlier: z.array(cellRow),
	items: z.array(itemRow),
	item_texts: itemTextsRow,
	cross: z.string().nullable(),
	crossings: z.array(
		z.object({
			kind: z.enum(['pool', 'channel', 'version', 'group']),
			value: z.string(),
			names: textsRow.nullable(),
			number: count.nullable()
		})
	),
	verified: z.array(cellRow),
	versions: z.array(z.object({ names: textsRow, number: count })),
	excluded: count,
	settings: settingsRow,
	rates: z.array(z.object({ unit_id: z.uuid(), answered: count, served: count })).default([])
});

/**
 * @param query the unit with all below it; codes of the period and of the one to compare with, null
 *   for the running quarter and the one before
 * @throws DatabaseError not_allowed (403), unknown_period (422)
 */
export async function readComparison(
	client: SupabaseClient,
	query: { unit: string; period: string | null; before: string | null; cross: string | null }
): Promise<Comparison> {
	const data = await dataOf(
		'read comparison',
		client.rpc('office_comparison', {
			p_unit: query.unit,
			p_period: query.period,
			p_before: query.before,
			p_cross: query.cross
		})
	);
	const row = comparisonRow.parse(data);
	return {
		organisation: row.organisation,
		unit: row.unit,
		period: row.period,
		before: row.before,
		periods: row.periods,
		units: row.units.map(({ parent_id, ...unit }) => ({ ...unit, parentId: parent_id })),
		cells: cellsByUnit(measureCellsOf(row.cells)),
		earlier: cellsByUnit(measureCellsOf(row.earlier)),
		items: itemsOf(row.items, row.item_texts),
		cross: row.cross,
		crossings: row.crossings,
		verified: cellsByUnit(measureCellsOf(row.verified)),
		versions: row.versions,
		excluded: row.excluded,
		settings: row.settings,
		served: row.rates.find(({ unit_id }) => unit_id === row.unit.id) ?? null
	};
}
