/**
 * Reads what the public may know: organisations, results of an organisation and of a unit.
 * SQL suppresses and releases; this module only asks, checks the shape and gives domain values.
 */
import type { SupabaseClient } from '@supabase/supabase-js';
import type { z } from 'zod';
import { dataOf } from '$lib/server/errors';
import { isMeasure } from '$lib/scoring/attribution';
import { cellOf, itemsOf, measureCellsOf } from './cells';
import { organisationResultsRow, organisationsRow, unitResultsRow } from './result-rows';
import type { OrganisationResults, PublicOrganisation, UnitResults } from './results';

/** Organisations with whether their results may be read; service points only of the demo. */
export async function listOrganisations(supabase: SupabaseClient): Promise<PublicOrganisation[]> {
	const data = await dataOf('list organisations', supabase.rpc('public_organisations'));
	return organisationsRow.parse(data).organisations.map((row) => ({
		id: row.id,
		names: row.names,
		isDemo: row.is_demo,
		resultsVisible: row.results_visible,
		points: row.points ?? []
	}));
}

/**
 * Results of every unit of an organisation.
 * @param asked a period code (the nearest published one is read) and a revision of it; without them
 * the newest published quarter in its newest revision
 * @throws DatabaseError unknown_organisation (404), unknown_period (422)
 */
export async function readResults(
	supabase: SupabaseClient,
	organisation: string,
	asked: Asked
): Promise<OrganisationResults> {
	const data = await dataOf(
		'read results',
		supabase.rpc('public_results', { p_organisation: organisation, ...argumentsOf(asked) })
	);
	const row = organisationResultsRow.parse(data);
	return {
		...commonOf(row),
		received: row.received,
		waiting: row.waiting,
		units: row.units.map(({ parent_id, ...unit }) => ({ ...unit, parentId: parent_id }))
	};
}

/**
 * Results of one unit with the levels of every item.
 * @throws DatabaseError unknown_unit (404), unknown_period (422)
 */
export async function readUnitResults(
	supabase: SupabaseClient,
	unit: string,
	asked: Asked
): Promise<UnitResults> {
	const data = await dataOf(
		'read unit results',
		supabase.rpc('public_unit_results', { p_unit: unit, ...argumentsOf(asked) })
	);
	const row = unitResultsRow.parse(data);
	return {
		...commonOf(row),
		unit: { ...row.unit, parent: row.unit.parent ?? null },
		items: itemsOf(row.items, row.item_texts)
	};
}

/** Which period and revision a reader asks for. */
export interface Asked {
	period: string | null;
	revision?: number | null;
}

const argumentsOf = ({ period, revision }: Asked) => ({
	p_period: period,
	p_revision: revision ?? null
});

function changesOf({ cells, ...counts }: NonNullable<CommonRow['changes']>) {
	return {
		...counts,
		cells: cells.flatMap(({ unit_id, measure, was, is }) =>
			isMeasure(measure)
				? [{ unitId: unit_id, measure, was: was && cellOf(was), now: is && cellOf(is) }]
				: []
		)
	};
}

type CommonRow = Pick<
	z.infer<typeof organisationResultsRow>,
	| 'organisation'
	| 'has_published'
	| 'publication'
	| 'revisions'
	| 'changes'
	| 'scheme'
	| 'period'
	| 'periods'
	| 'cells'
	| 'rates'
	| 'excluded'
>;

function commonOf(row: CommonRow) {
	return {
		organisation: row.organisation,
		hasPublished: row.has_published,
		publication: row.publication,
		revisions: row.revisions,
		changes: row.changes ? changesOf(row.changes) : null,
		scheme: row.scheme,
		period: row.period,
		periods: row.periods,
		excluded: row.excluded,
		served: row.rates.map(({ unit_id, ...sums }) => ({ unitId: unit_id, ...sums })),
		cells: measureCellsOf(row.cells)
	};
}
