/**
 * Units of the same kind side by side, without being fooled by chance: the three groups, and ranks
 * that exist only together with how sure they are. Order by score is not offered: sorting is ranking.
 */
import { COMPARED_FROM, difference } from './change.ts';
import { Z95 } from './interval.ts';
import { twoSided } from './normal.ts';
import { addSums, type Formula, type PersonSums } from './tally.ts';

/** One unit of a comparison and its sums of the same measure and period. */
export interface Peer {
	id: string;
	sums: PersonSums;
}

export type Group = 'above' | 'not_distinguishable' | 'below' | 'not_compared';

/** Share of false ones among the units called different that is put up with (Benjamini, Hochberg 1995). */
export const FALSE_DISCOVERIES = 0.05;

const less = (whole: PersonSums, part: PersonSums): PersonSums => ({
	persons: whole.persons - part.persons,
	sum: whole.sum - part.sum,
	squares: whole.squares - part.squares
});

/** The sums of all peers together. */
export const pooled = (peers: readonly Peer[]): PersonSums =>
	addSums(peers.map(({ sums }) => sums));

/** How likely a difference at least this large is by chance alone, and which side it points to. */
export function evidence(
	a: PersonSums,
	b: PersonSums,
	formula: Formula
): { p: number; isUp: boolean } {
	const { value, high } = difference(a, b, formula);
	const error = (high - value) / Z95;
	return { p: twoSided(value / error), isUp: value > 0 };
}

/** How many of the sorted probabilities are established at a false discovery rate. */
export function discoveries(sorted: readonly number[], rate: number): number {
	let found = 0;
	sorted.forEach((p, at) => {
		if (p <= ((at + 1) / sorted.length) * rate) found = at + 1;
	});
	return found;
}

/**
 * Each unit against the persons of all others together: above, below, or not distinguishable, at a
 * false discovery rate of 5 % over all units that are compared (at least 30 persons on both sides).
 * @param peers units of one kind; ids are unique
 */
export function groupsOf(peers: readonly Peer[], formula: Formula): Map<string, Group> {
	const all = pooled(peers);
	const groups = new Map<string, Group>(peers.map(({ id }) => [id, 'not_compared']));
	const compared = peers
		.filter(({ sums }) => {
			const others = all.persons - sums.persons;
			return Math.min(sums.persons, others) >= COMPARED_FROM;
		})
		.map(({ id, sums }) => ({ id, ...evidence(sums, less(all, sums), formula) }))
		.sort((a, b) => a.p - b.p);
	const found = discoveries(
		compared.map(({ p }) => p),
		FALSE_DISCOVERIES
	);
	compared.forEach(({ id, isUp }, at) => {
		groups.set(id, at >= found ? 'not_distinguishable' : isUp ? 'above' : 'below');
	});
	return groups;
}

/** The places a unit may hold among the ranked ones: "hạng 12–41/65". */
export interface RankSet {
	best: number;
	worst: number;
	of: number;
}

/**
 * Confidence sets for the ranks of all units at once: with 95 % probability every one of them holds
 * the true rank. A unit's best place counts those established to be better, its worst place those
 * established to be worse (Mogstad, Romano, Shaikh, Wilhelm, "Inference for ranks", Review of Economic
 * Studies 2024). Each pair is two hypotheses, one per direction, so that a difference seen the wrong
 * way round counts as an error too; Holm's correction stands where the authors draw critical values.
 * Units under 30 persons are not ranked. Whoever shows this makes sure that the pool is `verified`.
 */
export function rankSets(peers: readonly Peer[], formula: Formula): Map<string, RankSet> {
	const ranked = peers.filter(({ sums }) => sums.persons >= COMPARED_FROM);
	const sets = new Map<string, RankSet>(
		ranked.map(({ id }) => [id, { best: 1, worst: ranked.length, of: ranked.length }])
	);
	const pairs = ranked
		.flatMap((a, at) =>
			ranked.slice(at + 1).map((b) => ({ a: a.id, b: b.id, ...evidence(a.sums, b.sums, formula) }))
		)
		.sort((x, y) => x.p - y.p);
	for (const [at, { a, b, p, isUp }] of pairs.entries()) {
		// A pair that is told apart strikes out one of its two directions; the other stays.
		if (p / 2 > 0.05 / (2 * pairs.length - at)) break;
		sets.get(isUp ? b : a)!.best += 1;
		sets.get(isUp ? a : b)!.worst -= 1;
	}
	return sets;
}
