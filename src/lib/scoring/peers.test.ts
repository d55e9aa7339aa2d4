import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import outside from './fixtures/peers.json' with { type: 'json' };
import { twoSided } from './normal.ts';
import { groupsOf, rankSets, type Peer } from './peers.ts';
import { MILLION } from './tally.ts';

const peer = (satisfied: number, persons: number, at: number): Peer => ({
	id: `u${at}`,
	sums: { persons, sum: satisfied * MILLION, squares: satisfied * MILLION ** 2 }
});
const peersOf = (units: number[][]) => units.map(([k, n], at) => peer(k!, n!, at));
const anyPeers = fc
	.array(fc.tuple(fc.integer({ min: 1, max: 500 }), fc.double({ min: 0, max: 1, noNaN: true })), {
		minLength: 1,
		maxLength: 12
	})
	.map((units) => units.map(([n, share], at) => peer(Math.round(n * share), n, at)));

it.each(outside.tails)('the tail beyond %f agrees with the value computed outside', (z, tail) => {
	expect(twoSided(z) / tail).toBeCloseTo(1, 12);
});

describe.each(outside.worlds)('a world of peers computed outside', ({ units, groups, ranks }) => {
	const peers = peersOf(units);

	it(`puts ${units.length} units into the same groups`, () => {
		expect([...groupsOf(peers, 'top2').values()]).toEqual(groups);
	});

	it(`gives ${units.length} units the same rank sets`, () => {
		const sets = [...rankSets(peers, 'top2').values()].map(({ best, worst }) => [best, worst]);
		expect(sets).toEqual(ranks);
	});
});

describe('groups', () => {
	it('tell nothing apart where nothing differs', () => {
		const same = Array.from({ length: 20 }, (_, at) => peer(84, 100, at));
		expect(new Set(groupsOf(same, 'top2').values())).toEqual(new Set(['not_distinguishable']));
	});

	it('compare nobody with fewer than 30 persons, nor against fewer than 30', () => {
		const groups = groupsOf([peer(29, 29, 0), peer(0, 500, 1), peer(250, 500, 2)], 'top2');
		expect(groups.get('u0')).toBe('not_compared');
		expect(groups.get('u1')).toBe('below');
		expect(groupsOf([peer(0, 500, 0), peer(29, 29, 1)], 'top2').get('u0')).toBe('not_compared');
		expect(groupsOf([peer(0, 500, 0)], 'top2').get('u0')).toBe('not_compared');
	});

	it('do not depend on the order of the units', () => {
		fc.assert(
			fc.property(anyPeers, (peers) => {
				const there = groupsOf(peers, 'top2');
				const back = groupsOf([...peers].reverse(), 'top2');
				for (const { id } of peers) expect(back.get(id)).toBe(there.get(id));
			})
		);
	});
});

describe('rank sets', () => {
	it('say "anywhere" where nothing is established', () => {
		const same = Array.from({ length: 65 }, (_, at) => peer(25, 30, at));
		expect(rankSets(same, 'top2').get('u7')).toEqual({ best: 1, worst: 65, of: 65 });
	});

	it('are one place each where everything is', () => {
		const apart = [0.2, 0.9, 0.5].map((share, at) => peer(share * 4000, 4000, at));
		const places = [...rankSets(apart, 'top2').values()].map(({ best, worst }) => [best, worst]);
		expect(places).toEqual([
			[3, 3],
			[1, 1],
			[2, 2]
		]);
	});

	it('leave out who has fewer than 30 persons', () => {
		const sets = rankSets([peer(29, 29, 0), peer(10, 40, 1)], 'top2');
		expect([...sets.keys()]).toEqual(['u1']);
		expect(sets.get('u1')).toEqual({ best: 1, worst: 1, of: 1 });
	});

	it('always hold at least one place', () => {
		fc.assert(
			fc.property(anyPeers, (peers) => {
				for (const { best, worst, of } of rankSets(peers, 'mean').values()) {
					expect(1 <= best && best <= worst && worst <= of).toBe(true);
				}
			})
		);
	});
});

it('kept what they promise in the stored simulation', () => {
	expect(outside.simulated.length).toBeGreaterThan(2);
	for (const { ranksHeld, falseDiscoveries } of outside.simulated) {
		expect(ranksHeld).toBeGreaterThanOrEqual(0.95);
		// With 30 to 120 persons each and no difference at all, the normal approximation costs a little.
		expect(falseDiscoveries).toBeLessThanOrEqual(0.07);
	}
});
