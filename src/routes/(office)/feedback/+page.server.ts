import type { PageServerLoad } from './$types';
import { judgedSentence } from '$lib/compare/beside';
import { judge } from '$lib/compare/targets';
import { unitTargets } from '$lib/compare/targets.server';
import { loadPicture } from '$lib/feedback/picture-page.server';
import { rowName } from '$lib/feedback/sentences';
import { placeOf, placeQuery } from '$lib/members/place.server';
import { dimensionOf } from '$lib/scoring/attribution';

/** What do people say to this unit, what should it mend, and how far is it from its targets? */
export const load: PageServerLoad = async (event) => {
	const { supabase, locale } = event.locals;
	const picture = await loadPicture(event, placeOf(event), placeQuery(event));
	const { unit, period, point, rows } = picture;
	// A target is set for a unit; a point of it has none.
	const inForce = period && !point ? await unitTargets(supabase, unit.id, period.code) : [];
	const targets = rows.flatMap((row) => {
		const target = inForce.find(({ dimension }) => dimension === dimensionOf(row.measure));
		if (!target) return [];
		const judged = { target, figure: row.figure, ...judge(row.figure, target.target) };
		return judgedSentence(judged, rowName(row, rows), locale) ?? [];
	});
	return { ...picture, targets };
};
