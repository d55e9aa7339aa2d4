/** Rank sets against results that others published (fixtures/published-ranks.py names the sources). */
import { describe, expect, it } from 'vitest';
import stored from './fixtures/published-ranks.json' with { type: 'json' };
import { twoSided } from './normal.ts';
import { evidence, rankSets, type Peer } from './peers.ts';
import { MILLION } from './tally.ts';

type Example = (typeof stored.examples)[number];

/**
 * Persons whose share and its error are a score and its error, brought on the scale from 0 to 1: ranks
 * depend on differences over their errors only. So many persons that the four of our interval are nothing.
 */
function peersOf({ scores, errors }: Example): Peer[] {
	const [least, most] = [Math.min(...scores), Math.max(...scores)];
	const scale = 0.01 / (most - least);
	return scores.map((score, at) => {
		const share = 0.5 + (score - (least + most) / 2) * scale;
		const persons = Math.round((share * (1 - share)) / (errors[at]! * scale) ** 2);
		const sum = Math.round(share * persons * MILLION);
		return { id: `u${at}`, sums: { persons, sum, squares: sum * MILLION } };
	});
}

/** The sets when every pair beyond one critical value is told apart. */
function setsBeyond(peers: Peer[], critical: number): number[][] {
	const isBetter = (a: Peer, b: Peer): boolean => {
		const { p, isUp } = evidence(a.sums, b.sums, 'top2');
		return isUp && p < twoSided(critical);
	};
	return peers.map((peer) => [
		1 + peers.filter((other) => isBetter(other, peer)).length,
		peers.length - peers.filter((other) => isBetter(peer, other)).length
	]);
}

describe.each(stored.examples)('$name', (example) => {
	const peers = peersOf(example);
	const ours = [...rankSets(peers, 'top2').values()].map(({ best, worst }) => [best, worst]);
	const { published, critical, sameFrom, sameTo } = example;

	it('our differences give the published sets exactly, with the published critical value', () => {
		const [from, to] = [Math.max(sameFrom, critical[0]!), Math.min(sameTo, critical[1]!)];
		expect(from).toBeLessThan(to);
		for (const limit of [from + 0.001, (from + to) / 2, to - 0.001]) {
			expect(setsBeyond(peers, limit)).toEqual(published);
		}
	});

	it('our sets are those of Holm as computed outside', () => {
		expect(ours).toEqual(example.holm);
	});

	it('ours hold the published ones and the published ranks, at most two places wider', () => {
		for (const [at, [best, worst]] of published.entries()) {
			const [ourBest, ourWorst] = ours[at]!;
			expect(ourBest).toBeLessThanOrEqual(best!);
			expect(ourWorst).toBeGreaterThanOrEqual(worst!);
			expect(Math.max(best! - ourBest!, ourWorst! - worst!)).toBeLessThanOrEqual(2);
			expect(ourBest).toBeLessThanOrEqual(example.rank[at]!);
			expect(ourWorst).toBeGreaterThanOrEqual(example.rank[at]!);
		}
	});
});

it('as many limits agree as docs/scoring.md says', () => {
	const equal = stored.examples.map((example) => {
		const theirs = example.published.flat();
		const ours = [...rankSets(peersOf(example), 'top2').values()].flatMap((set) => [
			set.best,
			set.worst
		]);
		return [ours.filter((limit, at) => limit === theirs[at]).length, theirs.length];
	});
	expect(equal).toEqual([
		[67, 74],
		[8, 20]
	]);
});
