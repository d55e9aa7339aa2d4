import type { RequestHandler } from './$types';
import { comparisonWord } from '$lib/compare/comparison-files.server';
import { placeOf } from '$lib/members/place.server';
import { fillOutline } from '$lib/reports/outline/fill.server';
import { readOutline } from '$lib/reports/outline/outline.server';
import { toWordSection } from '$lib/reports/word';

/** The section for the CCHC report: into the organisation's outline where it has one, else ours. */
export const GET: RequestHandler = async (event) => {
	const place = placeOf(event);
	const { outline } = await readOutline(event.locals.supabase, place.unit.id, true);
	const file = outline?.file;
	return comparisonWord(event, place, 'muc-hai-long', (report) =>
		file ? fillOutline(file, report) : toWordSection(report)
	);
};
