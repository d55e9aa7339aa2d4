/** What the annex of weights loads: one reading call, then numbers for its tables. */
import type { RequestEvent } from '@sveltejs/kit';
import { inLocale } from '$lib/i18n/localised';
import { figureOf } from '$lib/scoring/suppression';
import { readHelpQuery } from './address';
import type { NamedPlace } from './compare-page.server';
import { FORMULA } from './comparison';
import { readNearest, readWithinReach } from './reach.server';
import { readWeights } from './weights.server';
import { weightedRows } from './weights';

export async function loadWeightsPage(
	event: Pick<RequestEvent, 'locals' | 'url'>,
	place: NamedPlace,
	placeQuery: string
) {
	const { locale, supabase } = event.locals;
	const { query, isCorrected } = readHelpQuery(event.url.searchParams);
	const { found, isMore } = await readWithinReach(query.of, place.unit.id, (unit) =>
		readNearest({ period: query.period }, (wanted) => readWeights(supabase, { unit, ...wanted }))
	);
	const weights = found.nearest;
	return {
		isDemo: weights.organisation.isDemo,
		isCorrected: isCorrected || found.isCorrected,
		isMore,
		unit: { id: weights.unit.id, name: inLocale(weights.unit.names, locale) },
		units: weights.units.map(({ id, names, depth }) => ({
			id,
			name: inLocale(names, locale),
			depth
		})),
		period: weights.period,
		periods: weights.periods,
		overall: weights.overall ? figureOf(weights.overall, FORMULA) : null,
		rows: weightedRows(weights).map(({ by, strata, plain, weighted }) => ({
			by,
			plain,
			weighted,
			strata: strata.map(({ names, unit, served, sums }) => ({
				name: [names, ...(unit ? [unit] : [])].map((each) => inLocale(each, locale)).join(' · '),
				served,
				persons: sums.persons
			}))
		})),
		kept: {
			place: placeQuery ? place.unit.id : null,
			of: weights.unit.id === place.unit.id ? null : weights.unit.id,
			period: weights.period?.code ?? null
		}
	};
}
