/**
 * The leader's side of publishing: the list of periods, the preview, and the publication itself. SQL decides who may and
 * what is frozen; this module asks, checks the shape and gives domain values.
 */
import type { SupabaseClient } from '@supabase/supabase-js';
import { z } from 'zod';
import { dataOf } from '$lib/server/errors';
import { measureCellsOf } from '$lib/transparency/cells';
import type { PublicationState, Preview } from './publishing';
import {
	cellRow,
	organisationRow,
	periodRow,
	publicationRow,
	unitRow
} from '$lib/transparency/result-rows';

const count = z.number().int().nonnegative();

const listRow = z.object({
	organisation: organisationRow,
	years: z.array(count),
	year: count.nullable(),
	periods: z.array(
		periodRow.extend({
			publications: z.array(
				z.intersection(publicationRow, z.object({ published_by: z.string().nullable() }))
			),
			is_changed: z.boolean()
		})
	)
});

const previewRow = z.object({
	organisation: organisationRow,
	scheme: z.enum(['administrative', 'calendar']),
	period: periodRow,
	latest: publicationRow.nullable(),
	seen: z.string(),
	nothing_changed: z.boolean(),
	figures: count,
	hidden: count,
	changes: z.object({ changed: count, added: count, hidden: count }).nullable(),
	excluded: count,
	rates: z.array(z.object({ unit_id: z.uuid(), answered: count, served: count })),
	units: z.array(unitRow),
	cells: z.array(cellRow)
});

/** @throws DatabaseError not_signed_in, not_allowed */
export async function listPeriods(
	supabase: SupabaseClient,
	organisation: string,
	year: number | null
): Promise<{ year: number | null; years: number[]; periods: PublicationState[] }> {
	const data = await dataOf(
		'list publications',
		supabase.rpc('list_publications', { p_organisation: organisation, p_year: year })
	);
	const { years, year: chosen, periods } = listRow.parse(data);
	return {
		years,
		year: chosen,
		periods: periods.map(({ publications, is_changed, ...period }) => ({
			period,
			isChanged: is_changed,
			publications: publications.map(({ published_by, ...one }) => ({
				...one,
				publishedBy: published_by
			}))
		}))
	};
}

/** @throws DatabaseError not_allowed, period_running, unknown_period */
export async function preview(
	supabase: SupabaseClient,
	organisation: string,
	period: string
): Promise<Preview> {
	const data = await dataOf(
		'preview a publication',
		supabase.rpc('preview_publication', { p_organisation: organisation, p_period: period })
	);
	const row = previewRow.parse(data);
	return {
		seen: row.seen,
		latest: row.latest,
		nothingChanged: row.nothing_changed,
		figures: row.figures,
		hidden: row.hidden,
		changes: row.changes,
		results: {
			organisation: row.organisation,
			hasPublished: true,
			publication: null,
			revisions: [],
			changes: null,
			scheme: row.scheme,
			period: row.period,
			periods: [row.period],
			excluded: row.excluded,
			served: row.rates.map(({ unit_id, ...sums }) => ({ unitId: unit_id, ...sums })),
			cells: measureCellsOf(row.cells),
			received: 0,
			waiting: 0,
			units: row.units.map(({ parent_id, ...unit }) => ({ ...unit, parentId: parent_id }))
		}
	};
}

/**
 * Publishes exactly what the preview showed.
 * @throws DatabaseError not_allowed, period_running, changed_meanwhile, nothing_changed, reason_missing, text_too_long
 */
export async function publish(
	supabase: SupabaseClient,
	organisation: string,
	period: string,
	{ seen, reason }: { seen: string; reason: string }
): Promise<void> {
	await dataOf(
		'publish a period',
		supabase.rpc('publish_period', {
			p_organisation: organisation,
			p_period: period,
			p_seen: seen,
			p_reason: reason
		})
	);
}
