import type { RequestHandler } from './$types';
import { comparisonFile } from '$lib/compare/comparison-files.server';
import { placeOf } from '$lib/members/place.server';
import { toExcel } from '$lib/reports/excel';

export const GET: RequestHandler = (event) =>
	comparisonFile(event, placeOf(event), 'so-lieu-hai-long', 'xlsx', toExcel);
