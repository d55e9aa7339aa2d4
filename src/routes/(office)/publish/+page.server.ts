import type { PageServerLoad } from './$types';
import { formatDate } from '$lib/i18n/dates';
import type { Locale } from '$lib/i18n/locale';
import { placeOf, placeQuery } from '$lib/members/place.server';
import { refusePage } from '$lib/publish/refusals';
import { workOf, type PublicationState } from '$lib/publish/publishing';
import { listPeriods } from '$lib/publish/publishing.server';
import { parsePeriod } from '$lib/scoring/period';
import { periodLabel, periodName } from '$lib/transparency/period-label';

/** Which periods can everybody read, and which wait for me? */
export const load: PageServerLoad = async (event) => {
	const { supabase, locale } = event.locals;
	const place = placeOf(event);
	const query = placeQuery(event);
	if (place.unit.id !== place.organisation.id) return { isHouse: false as const, query };
	const wanted = Number(event.url.searchParams.get('year'));
	const asked = Number.isInteger(wanted) && wanted > 2000 && wanted < 2100 ? wanted : null;
	const { year, years, periods } = await listPeriods(supabase, place.unit.id, asked).catch(
		refusePage
	);
	const done = event.url.searchParams.get('done');
	return {
		isHouse: true as const,
		query,
		organisation: place.organisation.id,
		years,
		year,
		rows: periods.map((state) => rowOf(state, locale)),
		done: done && parsePeriod(done) ? periodName(done, locale) : null
	};
};

function rowOf(state: PublicationState, locale: Locale) {
	const { period, publications } = state;
	return {
		code: period.code,
		name: periodName(period.code, locale),
		label: periodLabel(period, locale),
		work: workOf(state),
		publications: publications.map(({ revision, publishedOn, publishedBy, reason }) => ({
			revision,
			day: formatDate(publishedOn, locale),
			person: publishedBy,
			reason
		}))
	};
}
