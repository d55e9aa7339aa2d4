/**
 * Reads the picture of a unit for its own people. SQL decides who may and suppresses; this module
 * asks, checks the shape and gives domain values.
 */
import type { SupabaseClient } from '@supabase/supabase-js';
import type { z } from 'zod';
import { dataOf } from '$lib/server/errors';
import { itemsOf, measureCellsOf } from '$lib/transparency/cells';
import type { itemTextsRow } from '$lib/transparency/result-rows';
import { officeResultsRow, officeUnitsRow, type FiguresRow } from './figure-rows';
import type { OfficeResults, PeriodFigures, UnitChoice } from './figures';

/**
 * The picture of a unit with everything below it, or of one of its own service points.
 * @param period a period code; without it the running quarter
 * @throws DatabaseError not_allowed (403), unknown_point (404), unknown_period (422)
 */
export async function readPicture(
	client: SupabaseClient,
	unit: string,
	period: string | null,
	point: string | null = null
): Promise<OfficeResults> {
	const data = await dataOf(
		'read office results',
		client.rpc('office_results', { p_unit: unit, p_period: period, p_point: point })
	);
	const row = officeResultsRow.parse(data);
	return {
		organisation: row.organisation,
		scheme: row.scheme,
		today: row.today,
		unit: row.unit,
		ownPoints: row.own_points,
		below: row.units,
		receivedToday: row.received_today,
		waiting: row.waiting,
		points: row.points,
		period: row.period,
		before: row.before,
		periods: row.periods,
		excluded: row.excluded,
		served: row.rates[0] ?? null,
		now: figuresOf(row.now, row.item_texts),
		earlier: figuresOf(row.earlier, row.item_texts),
		factTexts: row.fact_texts
	};
}

function figuresOf(row: FiguresRow, texts: z.infer<typeof itemTextsRow>): PeriodFigures {
	return {
		cells: measureCellsOf(row.cells),
		items: itemsOf(row.items, texts),
		facts: row.facts.map((fact) => ({
			code: fact.fact,
			counts:
				fact.state === 'hidden'
					? { state: 'hidden', longerPeriod: fact.longer_period ?? null }
					: { state: fact.state, persons: fact.persons, choices: fact.choices }
		}))
	};
}

/** The units whose picture the person may open, the given one first. */
export async function listUnits(client: SupabaseClient, unit: string): Promise<UnitChoice[]> {
	const data = await dataOf('list office units', client.rpc('office_units', { p_unit: unit }));
	return officeUnitsRow.parse(data);
}
