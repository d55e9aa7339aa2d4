// The promise of design 5 under attack: whatever is recorded, released and moved about, nobody who watches all public
// pages (and all crossed figures) can tell one to four persons from the rest. ATTACKS=500 tries longer, SEED repeats.

import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { PGlite } from '@electric-sql/pglite';
import { freshDatabase } from '../support/pglite.ts';
import { Attacker } from './attacker.ts';
import { inRolledBack, installClock, installWorld, live } from './story.ts';
import { world } from './world.ts';

let database: PGlite;
beforeAll(async () => {
	database = await freshDatabase();
	await installClock(database);
});
afterAll(() => database.close());

test(
	'nobody can subtract fewer than five persons, at one moment or between two',
	{ timeout: 600_000 },
	async () => {
		let looks = 0;
		await fc.assert(
			fc.asyncProperty(world(10), (story) =>
				inRolledBack(database, async () => {
					await installWorld(database, story);
					const attacker = new Attacker();
					await live(database, story, async ({ released }) => {
						// Figures change with a release and at no other time.
						if (!released) return;
						await attacker.look(database);
						expect(attacker.finds).toEqual([]);
					});
					looks += attacker.looks;
				})
			),
			{
				numRuns: Number(process.env.ATTACKS ?? 25),
				...(process.env.SEED ? { seed: Number(process.env.SEED) } : {})
			}
		);
		// An attacker who never saw anything proves nothing.
		expect(looks).toBeGreaterThan(1000);
	}
);
