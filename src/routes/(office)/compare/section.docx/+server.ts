import type { RequestHandler } from './$types';
import { comparisonFile } from '$lib/compare/comparison-files.server';
import { placeOf } from '$lib/members/place.server';
import { toWordSection } from '$lib/reports/word';

export const GET: RequestHandler = (event) =>
	comparisonFile(event, placeOf(event), 'muc-hai-long', 'docx', toWordSection);
