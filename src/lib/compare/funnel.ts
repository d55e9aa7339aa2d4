/** Peers in a funnel: where each lies among what chance alone explains. Pure. */
import { OVERALL, type Measure } from '$lib/scoring/attribution';
import { funnelOf, type Funnel } from '$lib/scoring/funnel';
import { estimate, type Estimate, type Interval } from '$lib/scoring/interval';
import { inLocale } from '$lib/i18n/localised';
import type { Locale } from '$lib/i18n/locale';
import { FORMULA } from './comparison';
import { fullPeers, type SideBySide } from './side-by-side';

export interface FunnelRow {
	id: string;
	name: string;
	figure: Estimate;
	/** Limits at its number of answers: 95 and 99.8 of a hundred units lie within by chance. */
	inner: Interval;
	outer: Interval;
	place: 'within' | 'beyond_inner' | 'beyond_outer';
}

export interface FunnelPicture {
	centre: number;
	rows: FunnelRow[];
	/** The curves, from few answers to more than any unit has. */
	curve: { persons: number; inner: Interval; outer: Interval }[];
}

const holds = ({ low, high }: Interval, value: number) => value >= low && value <= high;
const CURVE = 40;

function curveOf(funnel: Funnel, least: number, most: number): FunnelPicture['curve'] {
	return Array.from({ length: CURVE + 1 }, (_, n) => {
		const persons = least + ((most - least) * n) / CURVE;
		return { persons, ...funnel.at(persons) };
	});
}

/** @returns null where fewer than two peers are shown in full: there is nothing to hold them against */
export function funnelPicture(
	side: SideBySide,
	locale: Locale,
	measure: Measure = OVERALL
): FunnelPicture | null {
	const peers = fullPeers(side, measure);
	if (peers.length < 2) return null;
	const funnel = funnelOf(
		peers.map(({ sums }) => sums),
		FORMULA
	);
	const names = new Map(side.rows.map(({ id, names }) => [id, inLocale(names, locale)]));
	const most = Math.max(...peers.map(({ sums }) => sums.persons));
	return {
		centre: funnel.centre,
		curve: curveOf(funnel, 30, most * 1.1),
		rows: peers.map(({ id, sums }) => {
			const figure = estimate(sums, FORMULA);
			const { inner, outer } = funnel.at(sums.persons);
			const place = holds(inner, figure.value)
				? 'within'
				: holds(outer, figure.value)
					? 'beyond_inner'
					: 'beyond_outer';
			return { id, name: names.get(id) ?? '', figure, inner, outer, place };
		})
	};
}
