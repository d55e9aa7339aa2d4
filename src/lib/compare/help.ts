/** Items of a unit beside its peers: what would help most, and what goes with overall satisfaction. Pure. */
import type { Localised } from '$lib/i18n/localised';
import { dimensionOf, isMeasure, type Measure } from '$lib/scoring/attribution';
import { estimate } from '$lib/scoring/interval';
import { gainsOf, type Gain } from '$lib/scoring/improvement';
import { SHOWN_IN_FULL_FROM } from '$lib/scoring/suppression';
import { MILLION, sumsOfLevels, type PersonSums } from '$lib/scoring/tally';
import type { ItemResult, ListedPeriod } from '$lib/transparency/results';
import { FORMULA } from './comparison';

/** Phi of "item satisfied" with "overall satisfied", in tenths as SQL lets it out; null: not told. */
export interface Association {
	item: string;
	/** Σw ÷ persons of the dimension, in thousandths. */
	weight: number | null;
	phi: { value: number; low: number; high: number } | null;
}

export interface Help {
	organisation: { id: string; names: Localised; isDemo: boolean };
	unit: { id: string; names: Localised };
	units: { id: string; names: Localised; depth: number }[];
	period: ListedPeriod | null;
	periods: ListedPeriod[];
	items: ItemResult[];
	/** `units` 0: the rest of the organisation stands in for peers. */
	peers: {
		kind: string;
		units: number;
		items: { item: string; persons: number; satisfied: number }[];
	};
	associations: Association[];
}

export interface HelpRow {
	code: string;
	texts: Localised;
	measure: Measure | null;
	persons: number;
	own: number;
	peers: number | null;
	gain: Gain | null;
	association: Association['phi'];
}

/** The measure that an item counts in: B1 in B, B0 in itself; E1 in none. */
export function measureOfItem(code: string): Measure | null {
	if (code === 'E1' || code === 'S0') return null;
	const measure = /^[A-Z]0$/.test(code) ? code : code.charAt(0);
	return isMeasure(measure) && dimensionOf(measure) !== 'overall' ? measure : null;
}

const sumsOfShare = (persons: number, satisfied: number): PersonSums => ({
	persons,
	sum: satisfied * MILLION,
	squares: satisfied * MILLION ** 2
});

/** The items that are shown in full, the one that would help most first; S0 is the whole itself. */
export function helpRows({ items, peers, associations }: Help): HelpRow[] {
	const beside = new Map(
		peers.items.map((peer) => [peer.item, sumsOfShare(peer.persons, peer.satisfied)])
	);
	const known = new Map(associations.map((each) => [each.item, each]));
	const shown = items.flatMap(({ code, texts, counts }) => {
		if (counts.state !== 'shown' || code === 'S0') return [];
		const own = sumsOfLevels(counts.levels, FORMULA);
		return own.persons < SHOWN_IN_FULL_FROM ? [] : [{ code, texts, own }];
	});
	const gains = gainsOf(
		shown.flatMap(({ code, own }) => {
			const other = beside.get(code);
			const weight = measureOfItem(code) === null ? null : (known.get(code)?.weight ?? null);
			return other
				? [{ code, own, peers: other, weight: weight === null ? null : weight / 1000 }]
				: [];
		})
	);
	const order = new Map(gains.map(({ code }, at) => [code, at]));
	return shown
		.map(({ code, texts, own }) => {
			const other = beside.get(code);
			return {
				code,
				texts,
				measure: measureOfItem(code),
				persons: own.persons,
				own: estimate(own, FORMULA).value,
				peers: other ? estimate(other, FORMULA).value : null,
				gain: gains[order.get(code) ?? -1] ?? null,
				association: known.get(code)?.phi ?? null
			};
		})
		.sort((a, b) => (order.get(a.code) ?? 99) - (order.get(b.code) ?? 99) || a.own - b.own);
}
