/**
 * What the comparison and its files load: who asks, what is compared, one reading call. The page and
 * every file are made of the same value, so that they cannot disagree.
 */
import { error, type RequestEvent } from '@sveltejs/kit';
import { inLocale } from '$lib/i18n/localised';
import { m } from '$lib/i18n/paraglide/messages.js';
import { OVERALL } from '$lib/scoring/attribution';
import { responseRate } from '$lib/scoring/response-rate';
import { DatabaseError } from '$lib/server/errors';
import { measureName, seriesName } from '$lib/transparency/words';
import { compareHref, readCompareQuery } from './address';
import { readComparison } from './comparison.server';
import { kindsOf, peersOf, seriesOf, type Comparison } from './comparison';
import { kindName } from './kinds';
import { findings } from './sentences';
import { commonFigure, rowsBy, sideBySide } from './side-by-side';

interface Place {
	unit: { id: string };
}

/** The comparison that the address asks for, or the nearest one to it. */
export async function loadComparison(
	{ locals, url }: Pick<RequestEvent, 'locals' | 'url'>,
	place: Place
) {
	const { query, isCorrected } = readCompareQuery(url.searchParams);
	const asked = { unit: query.of ?? place.unit.id, period: query.period, before: query.before };
	const read = (wanted: typeof asked) => readComparison(locals.supabase, wanted);
	try {
		return { query, isCorrected, comparison: await read(asked) };
	} catch (failure) {
		if (!(failure instanceof DatabaseError)) throw failure;
		if (failure.key === 'not_allowed') error(403, { message: m.compare_unknown_unit() });
		if (failure.key !== 'unknown_period') throw failure;
		const nearest = await read({ ...asked, period: null, before: null });
		return { query, isCorrected: true, comparison: nearest };
	}
}

/** Peers that suit: as asked where there are any, else the units below, else the first kind with two. */
export function suitablePeers(comparison: Comparison, asked: string | null): string {
	if (asked && peersOf(comparison.units, asked).length > 0) return asked;
	const hasBelow = peersOf(comparison.units, 'below').length > 1;
	return hasBelow ? 'below' : (kindsOf(comparison)[0]?.kind ?? 'below');
}

export async function loadComparePage(
	event: Pick<RequestEvent, 'locals' | 'url'>,
	place: Place,
	placeQuery: string
) {
	const { locale } = event.locals;
	const { query, isCorrected, comparison } = await loadComparison(event, place);
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
	const kept = {
		place: placeQuery ? place.unit.id : null,
		of: query.of,
		period: period?.code ?? null,
		before: before?.code ?? null,
		peers: query.peers,
		measure
	};
	return {
		isDemo: comparison.organisation.isDemo,
		isCorrected,
		unit: { id: unit.id, name: name(unit.names) },
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
		heads,
		matrix: matrix.rows.map(({ names, ...row }) => ({ ...row, name: name(names) })),
		kept,
		files: {
			section: compareHref(kept, '/section.docx'),
			document: compareHref(kept, '/report.docx'),
			excel: compareHref(kept, '/figures.xlsx'),
			csv: compareHref(kept, '/figures.csv')
		}
	};
}
