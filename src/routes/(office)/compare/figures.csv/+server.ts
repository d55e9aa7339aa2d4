import type { RequestHandler } from './$types';
import { comparisonFile } from '$lib/compare/comparison-files.server';
import { placeOf } from '$lib/members/place.server';
import { toCsv } from '$lib/reports/csv';

/** Units × dimensions, one line each: the table that other programs ask for. */
export const GET: RequestHandler = (event) =>
	comparisonFile(event, placeOf(event), 'so-lieu-hai-long', 'csv', ({ tables }) =>
		toCsv(tables.find(({ id }) => id === 'measures') ?? tables[0]!)
	);
