import type { RequestHandler } from './$types';
import { helpCsv } from '$lib/compare/part-files.server';
import { placeOf } from '$lib/members/place.server';

/** The items beside the peers, as the page shows them. */
export const GET: RequestHandler = (event) => helpCsv(event, placeOf(event));
