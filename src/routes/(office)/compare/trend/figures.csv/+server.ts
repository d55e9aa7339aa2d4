import type { RequestHandler } from './$types';
import { trendCsv } from '$lib/compare/part-files.server';
import { placeOf } from '$lib/members/place.server';

/** The figures of the trend, as the page shows them. */
export const GET: RequestHandler = (event) => trendCsv(event, placeOf(event));
