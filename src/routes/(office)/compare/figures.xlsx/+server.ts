import type { RequestHandler } from './$types';
import { comparisonExcel } from '$lib/compare/comparison-files.server';
import { placeOf } from '$lib/members/place.server';

export const GET: RequestHandler = (event) =>
	comparisonExcel(event, placeOf(event), 'so-lieu-hai-long');
