/** What the trend page loads: one reading call, then words. */
import type { RequestEvent } from '@sveltejs/kit';
import { inLocale } from '$lib/i18n/localised';
import { OVERALL } from '$lib/scoring/attribution';
import { measureName, seriesName } from '$lib/transparency/words';
import { readTrendQuery } from './address';
import { seriesOf } from './comparison';
import type { NamedPlace } from './compare-page.server';
import { readWithinReach } from './reach.server';
import { readTrend } from './trend.server';
import { pictureOf } from './trend';
import { eventDay, eventName, eventOutcome, trendSentences } from './trend-words';

/** The trend that the address asks for, or the nearest one to it. */
export async function loadTrendPage(
	event: Pick<RequestEvent, 'locals' | 'url'>,
	place: NamedPlace,
	placeQuery: string
) {
	const { locale, supabase } = event.locals;
	const { query, isCorrected } = readTrendQuery(event.url.searchParams);
	const { found: trend, isMore } = await readWithinReach(query.of, place.unit.id, (unit) =>
		readTrend(supabase, { unit, measure: query.measure, step: query.step })
	);
	const measure = trend.measure ?? OVERALL;
	const picture = pictureOf(trend);
	const series = seriesOf(trend.measures);
	const isAsked =
		(query.measure === null || query.measure === measure) &&
		(query.step === null || query.step === trend.step);
	return {
		isDemo: trend.organisation.isDemo,
		isCorrected: isCorrected || !isAsked,
		isMore,
		unit: { id: trend.unit.id, name: inLocale(trend.unit.names, locale) },
		up: trend.unit.id === place.unit.id ? null : inLocale(place.unit.names, locale),
		units: trend.units.map(({ id, names, depth }) => ({
			id,
			name: inLocale(names, locale),
			depth
		})),
		measure,
		measures: trend.measures.map((value) => {
			const own = series.get(value);
			const name = measureName(value);
			return { value, name: own ? `${name} (${seriesName(own)})` : name };
		}),
		step: trend.step,
		steps: trend.steps,
		picture,
		sentences: trend.periods.length > 0 ? trendSentences(picture, locale) : [],
		events: picture.events.map((each) => ({
			day: eventDay(each.on, locale),
			name: eventName(each, locale),
			outcome: eventOutcome(each, locale)
		})),
		kept: {
			place: placeQuery ? place.unit.id : null,
			of: trend.unit.id === place.unit.id ? null : trend.unit.id,
			measure,
			step: trend.step
		}
	};
}
