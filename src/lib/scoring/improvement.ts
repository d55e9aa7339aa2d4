/**
 * What would help a unit most: by how much its figure of a dimension would rise if one item rose to
 * the mean of its peers and nothing else changed.
 *
 * A dimension is the mean over persons of the share of their rated items that are 4 or 5. A rise of
 * the item by δ among those who rated it lifts that mean by v · δ exactly, where v = Σw ÷ persons
 * and w = 1 ÷ the items of the dimension that a person rated (design 4, item_sums). δ is the
 * difference between peers and unit, with the interval of a difference (change.ts); v is known
 * without error. Over all items of a unit false discoveries are kept at 5 % (peers.ts).
 */
import { COMPARED_FROM, difference } from './change.ts';
import type { Interval } from './interval.ts';
import { discoveries, evidence, FALSE_DISCOVERIES } from './peers.ts';
import type { PersonSums } from './tally.ts';

export interface ItemBesidePeers {
	code: string;
	own: PersonSums;
	peers: PersonSums;
	/** Σw ÷ persons of the dimension, 0 to 1; null where it may not be told. */
	weight: number | null;
}

export interface Gain {
	code: string;
	/** Peers − unit: positive where the unit is lower. */
	gap: { value: number } & Interval;
	/** Rise of the dimension's figure; null where the weight may not be told. */
	lift: ({ value: number } & Interval) | null;
	/** Whether the unit is established to be lower than its peers. */
	isEstablished: boolean;
}

/** Gains of the items that can be compared, the largest first; of equal ones in the order given. */
export function gainsOf(items: readonly ItemBesidePeers[]): Gain[] {
	const compared = items
		.filter(({ own, peers }) => Math.min(own.persons, peers.persons) >= COMPARED_FROM)
		.map((item) => ({ ...item, ...evidence(item.peers, item.own, 'top2') }));
	const sorted = compared.map(({ p }) => p).sort((a, b) => a - b);
	const found = discoveries(sorted, FALSE_DISCOVERIES);
	const limit = found > 0 ? sorted[found - 1]! : -1;
	return compared
		.map(({ code, own, peers, weight, p, isUp }) => {
			const gap = difference(peers, own, 'top2');
			const times = (share: number) => ({
				value: share * gap.value,
				low: share * gap.low,
				high: share * gap.high
			});
			return {
				code,
				gap,
				lift: weight === null ? null : times(weight),
				isEstablished: isUp && p <= limit
			};
		})
		.sort((a, b) => (b.lift ?? b.gap).value - (a.lift ?? a.gap).value);
}
