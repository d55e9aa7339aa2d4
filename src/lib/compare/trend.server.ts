/** Reads the trend of a unit: one call, its shape checked. SQL decides who may and what is hidden. */
import type { SupabaseClient } from '@supabase/supabase-js';
import { z } from 'zod';
import { isMeasure, MEASURES } from '$lib/scoring/attribution';
import { dataOf } from '$lib/server/errors';
import { measureCellsOf } from '$lib/transparency/cells';
import { cellRow, organisationRow, periodRow, textsRow } from '$lib/transparency/result-rows';
import type { Trend } from './trend';

const named = z.object({ id: z.uuid(), names: textsRow });
const step = z.enum(['month', 'quarter', 'year']);
const count = z.number().int().nonnegative();

const trendRow = z.object({
	organisation: organisationRow,
	unit: named,
	units: z.array(named.extend({ depth: count })),
	measure: z.string().nullable(),
	measures: z.array(z.string()),
	step: step.nullable(),
	steps: z.array(step),
	periods: z.array(periodRow),
	cells: z.array(cellRow.and(z.object({ period: z.string() }))),
	versions: z.array(
		named.extend({
			number: count,
			since: z.iso.date(),
			items: z.array(z.string()),
			periods: z.array(z.string())
		})
	),
	successions: z.array(z.object({ on: z.iso.date(), before: textsRow, after: textsRow })),
	done: z.array(z.object({ on: z.iso.date(), text: z.string() }))
});

/**
 * @param query what is not there falls back to overall satisfaction and quarters
 * @throws DatabaseError not_allowed (403)
 */
export async function readTrend(
	client: SupabaseClient,
	query: { unit: string; measure: string | null; step: string | null }
): Promise<Trend> {
	const data = await dataOf(
		'read trend',
		client.rpc('office_trend', {
			p_unit: query.unit,
			p_measure: query.measure,
			p_step: query.step
		})
	);
	const row = trendRow.parse(data);
	return {
		organisation: row.organisation,
		unit: row.unit,
		units: row.units,
		measure: row.measure !== null && isMeasure(row.measure) ? row.measure : null,
		measures: MEASURES.filter((measure) => row.measures.includes(measure)),
		step: row.step,
		steps: row.steps,
		periods: row.periods,
		cells: new Map(
			row.cells.flatMap((cell) =>
				measureCellsOf([cell]).map(({ cell: found }) => [cell.period, found] as const)
			)
		),
		versions: row.versions,
		successions: row.successions,
		done: row.done
	};
}
