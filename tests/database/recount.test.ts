// Whatever people answer and wherever: tallies, monthly sums and figures are what a plain count from raw answers
// gives, after every recording and every release, and after a rebuild.

import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { PGlite } from '@electric-sql/pglite';
import { recount } from '../../supabase/local/recount/compare.ts';
import { Snapshot, type Connection } from '../../supabase/local/recount/database.ts';
import { freshDatabase } from '../support/pglite.ts';
import { inRolledBack, installClock, installWorld, live } from './story.ts';
import { world } from './world.ts';

let database: PGlite;
beforeAll(async () => {
	database = await freshDatabase();
	await installClock(database);
});
afterAll(() => database.close());

async function differences(): Promise<string[]> {
	const { found } = await recount(new Snapshot(database as Connection));
	return found.first;
}

async function linesLeftOut(): Promise<number> {
	const { rows } = await database.query<{ n: number }>(
		'select count(*)::integer as n from private.left_out'
	);
	return rows[0]?.n ?? 0;
}

test(
	'tallies, monthly sums and figures agree with a plain count at every moment',
	{ timeout: 600_000 },
	async () => {
		let leftOut = 0;
		await fc.assert(
			fc.asyncProperty(fc.oneof(world(8), world(12, true)), (story) =>
				inRolledBack(database, async () => {
					await installWorld(database, story);
					const recorded = await live(database, story, async () => {
						expect(await differences()).toEqual([]);
						leftOut += await linesLeftOut();
					});
					const { rows } = await database.query(
						'select count(*)::integer as n from public.responses'
					);
					expect(rows).toEqual([{ n: recorded }]);
				})
			),
			{ numRuns: 20, ...(process.env.SEED ? { seed: Number(process.env.SEED) } : {}) }
		);
		// Stories in which no exclusion ever took effect prove nothing about exclusions.
		expect(leftOut).toBeGreaterThan(0);
	}
);

test('a rebuild gives the same tallies', { timeout: 600_000 }, async () => {
	await fc.assert(
		fc.asyncProperty(world(4), (story) =>
			inRolledBack(database, async () => {
				await installWorld(database, story);
				await live(database, story, () => Promise.resolve());
				await database.exec(`update private.rating_counts set n1 = n1 + 3; delete from private.item_sums;
					select public.rebuild_tallies('2025-01-01', '2030-01-01')`);
				expect(await differences()).toEqual([]);
			})
		),
		{ numRuns: 8 }
	);
});
