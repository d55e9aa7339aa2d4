/** Reads what the annex of weights needs: one call, its shape checked. SQL decides who may and what is hidden. */
import type { SupabaseClient } from '@supabase/supabase-js';
import { z } from 'zod';
import { dataOf } from '$lib/server/errors';
import { measureCellsOf } from '$lib/transparency/cells';
import { cellRow, organisationRow, periodRow, textsRow } from '$lib/transparency/result-rows';
import type { NamedStratum, Weights } from './weights';

const named = z.object({ id: z.uuid(), names: textsRow });
const count = z.number().int().nonnegative();
const stratumRow = z
	.object({
		names: textsRow,
		unit: textsRow.nullable(),
		served: count,
		persons: count,
		top2_sum: z.number().nonnegative(),
		top2_squares: z.number().nonnegative()
	})
	.transform(({ names, unit, served, persons, top2_sum, top2_squares }): NamedStratum => ({
		names,
		unit,
		served,
		sums: { persons, sum: top2_sum, squares: top2_squares }
	}));

const weightsRow = z.object({
	organisation: organisationRow,
	unit: named,
	units: z.array(named.extend({ depth: count })),
	period: periodRow.nullable(),
	periods: z.array(periodRow),
	cells: z.array(cellRow),
	points: z.array(stratumRow),
	groups: z.array(stratumRow)
});

/**
 * @param query code of the period, null for the running quarter
 * @throws DatabaseError not_allowed (403), unknown_period (422)
 */
export async function readWeights(
	client: SupabaseClient,
	query: { unit: string; period: string | null }
): Promise<Weights> {
	const data = await dataOf(
		'read weights',
		client.rpc('office_weights', { p_unit: query.unit, p_period: query.period })
	);
	const row = weightsRow.parse(data);
	return {
		organisation: row.organisation,
		unit: row.unit,
		units: row.units,
		period: row.period,
		periods: row.periods,
		overall: measureCellsOf(row.cells)[0]?.cell ?? null,
		strata: { point: row.points, group: row.groups }
	};
}
