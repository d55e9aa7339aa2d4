import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { LevelCounts } from '$lib/scoring/tally';
import { percentagesOf } from './levels';

it('whole percentages of the five levels add up to 100', () => {
	const counts = fc.tuple(fc.nat(900), fc.nat(900), fc.nat(900), fc.nat(900), fc.nat(900));
	fc.assert(
		fc.property(counts, (levels: LevelCounts) => {
			const total = levels.reduce((sum, count) => sum + count, 0);
			const shares = percentagesOf(levels);
			expect(shares.reduce((sum, share) => sum + share, 0)).toBe(total === 0 ? 0 : 100);
			levels.forEach((count, at) => {
				if (total > 0) expect(Math.abs(shares[at]! - (100 * count) / total)).toBeLessThan(1);
			});
		})
	);
});
