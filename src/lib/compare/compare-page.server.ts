/**
 * What the comparison and its files load: who asks, what is compared, one reading call. The page and
 * every file are made of the same value, so that they cannot disagree.
 */
import type { RequestEvent } from '@sveltejs/kit';
import { inLocale, type Localised } from '$lib/i18n/localised';
import { m } from '$lib/i18n/paraglide/messages.js';
import { OVERALL } from '$lib/scoring/attribution';
import { responseRate } from '$lib/scoring/response-rate';
import { measureName, seriesName } from '$lib/transparency/words';
import { compareHref, helpHref, readCompareQuery, trendHref, weightsHref } from './address';
import { besideFigures } from './beside';
import { readComparison } from './comparison.server';
import { kindsOf, peersOf, seriesOf, type Comparison } from './comparison';
import { kindName } from './kinds';
import { crossingName } from './crossings';
import { factEntries, rankText } from './facts';
import { funnelPicture } from './funnel';
import { readNearest, readWithinReach } from './reach.server';
import { findings } from './sentences';
import { commonFigure, ranksBy, rowsBy, sideBySide } from './side-by-side';

interface Place {
	unit: { id: string };
}
/** The person's place, with the name that the way back up is called by. */
export interface NamedPlace {
	unit: { id: string; names: Localised };
}

/** The comparison that the address asks for, or the nearest one to it. */
export async function loadComparison(
	{ locals, url }: Pick<RequestEvent, 'locals' | 'url'>,
	place: Place
) {
	const { query, isCorrected } = readCompareQuery(url.searchParams);
	const { period, before, cross } = query;
	const { found, isMore } = await readWithinReach(query.of, place.unit.id, (unit) =>
		readNearest({ period, before }, (wanted) =>
			readComparison(locals.supabase, { unit, cross, ...wanted })
		)
	);
	const comparison = found.nearest;
	const isCrossed = cross === comparison.cross;
	return { query, comparison, isMore, isCorrected: isCorrected || found.isCorrected || !isCrossed };
}

/** Peers that suit: as asked where there are any, else the units below, else the first kind with two. */
export function suitablePeers(comparison: Comparison, asked: string | null): string {
	if (asked && peersOf(comparison.units, asked).length > 0) return asked;
	const hasBelow = peersOf(comparison.units, 'below').length > 1;
	return hasBelow ? 'below' : (kindsOf(comparison)[0]?.kind ?? 'below');
}

export async function loadComparePage(
	event: Pick<RequestEvent, 'locals' | 'url'>,
	place: NamedPlace,
	placeQuery: string
) {
	const { locale } = event.locals;
	const { query, isCorrected, isMore, comparison } = await loadComparison(event, place);
	const { unit, units, period, before } = comparison;
	const peers = suitablePeers(comparison, query.peers);
	const matrix = sideBySide(comparison, peers);
	const seriesOfMeasure = seriesOf(matrix.measures);
	const heads = matrix.measures.map((each) => {
		const series = seriesOfMeasure.get(each);
		return { measure: each, name: measureName(each), series: series ? seriesName(series) : '' };
	});
	const measure = matrix.measures.includes(query.measure) ? query.measure : OVERALL;
	const name = (names: Parameters<typeof inLocale>[0]) => inLocale(names, locale);
	const ranks = ranksBy(matrix, measure);
	const kept = {
		place: placeQuery ? place.unit.id : null,
		of: unit.id === place.unit.id ? null : unit.id,
		period: period?.code ?? null,
		before: before?.code ?? null,
		peers: query.peers,
		measure,
		cross: comparison.cross
	};
	return {
		isDemo: comparison.organisation.isDemo,
		isCorrected,
		isMore,
		cross: comparison.cross,
		crossings: comparison.crossings.map((each) => ({
			value: `${each.kind}:${each.value}`,
			name: crossingName(each, locale)
		})),
		unit: { id: unit.id, name: name(unit.names) },
		/** Name of the person's own unit, where another one is looked at. */
		up: unit.id === place.unit.id ? null : name(place.unit.names),
		/** Units with others below them: their name leads down, not to their picture. */
		upper: [...new Set(units.flatMap(({ parentId }) => parentId ?? []))],
		units: units.map(({ id, names, depth }) => ({ id, name: name(names), depth })),
		period,
		before,
		periods: comparison.periods,
		peers,
		peerOptions: [
			{ value: 'below', name: m.compare_peers_below() },
			...kindsOf(comparison).map(({ kind, count }) => ({
				value: kind,
				name: m.compare_peers_kind({ kind: kindName(kind), count })
			}))
		],
		measure,
		measures: heads.map(({ measure: value, name, series }) => ({
			value,
			name: series ? `${name} (${series})` : name
		})),
		findings: period ? findings(matrix, locale) : [],
		rate: responseRate(comparison.served),
		excluded: comparison.excluded,
		common: commonFigure(matrix, measure),
		rows: rowsBy(matrix, measure).map(({ names, ...row }) => ({
			...row,
			name: name(names),
			depth: 1,
			satisfied: null,
			rate: responseRate(null)
		})),
		facts: factEntries(comparison, locale),
		funnel: funnelPicture(matrix, locale, measure),
		ranks: matrix.rows.flatMap(({ id, names }) => {
			const set = ranks.get(id);
			return set ? [{ id, name: name(names), rank: rankText(set), persons: set.persons }] : [];
		}),
		heads,
		beside: besideFigures(comparison, matrix.rows, measure, locale),
		matrix: matrix.rows.map(({ names, ...row }) => ({ ...row, name: name(names) })),
		kept,
		tabs: {
			compare: compareHref(kept),
			trend: trendHref(kept),
			help: helpHref(kept),
			weights: weightsHref(kept)
		},
		files: {
			section: compareHref(kept, '/section.docx'),
			document: compareHref(kept, '/report.docx'),
			excel: compareHref(kept, '/figures.xlsx'),
			csv: compareHref(kept, '/figures.csv'),
			targets: compareHref(kept, '/targets.csv')
		}
	};
}
