import { error } from '@sveltejs/kit';
import type { RequestHandler } from './$types';
import { comparisonCsv } from '$lib/compare/comparison-files.server';
import { m } from '$lib/i18n/paraglide/messages.js';
import { placeOf } from '$lib/members/place.server';
import { toCsv } from '$lib/reports/csv';

/** Units × dimensions, one line each: the table that other programs ask for. */
export const GET: RequestHandler = (event) =>
	comparisonCsv(event, placeOf(event), 'so-lieu-hai-long', ({ tables }) => {
		const table = tables.find(({ id }) => id === 'measures') ?? tables[0];
		if (!table) error(404, { message: m.compare_empty() });
		return toCsv(table);
	});
