// Whatever is recorded, excluded, counted again, moved and published, in whatever order: nobody who knows everything that
// was ever published (all periods, all revisions) and sees every page of the moment (units, points, crossings, associations)
// can find what one person received at a counter. ATTACKS=300 tries longer, SEED repeats.

import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { PGlite } from '@electric-sql/pglite';
import { freshDatabase } from '../support/pglite.ts';
import { PublishedView } from './published-view.ts';
import { inRolledBack, installClock, installWorld, live, ROOT_UNIT } from './story.ts';
import { world, type World } from './world.ts';

let database: PGlite;
beforeAll(async () => {
	database = await freshDatabase();
	await installClock(database);
});
afterAll(() => database.close());

/** Few points, half of them staffed by one person; many exclusions; and a number that says what is published when. */
const stories = fc.tuple(world(14, true), world(4), fc.nat(1000)).map(([stuffed, more, order]) => ({
	order,
	story: {
		...stuffed,
		points: [...stuffed.points, ...more.points]
			.slice(0, 5)
			.map((point, n) => ({ ...point, alone: n % 2 === 1 }))
	} satisfies World
}));

/** Publishes what is closed, some now and some later; what has not changed or is not closed is refused, and that is all. */
async function publishSome(view: PublishedView, today: string, order: number): Promise<void> {
	const { rows } = await database.query<{ code: string }>(
		'select code from private.listed_periods($1) where is_closed order by ends_on, months',
		[ROOT_UNIT]
	);
	for (const { code } of rows) {
		const mark = [...`${today}${code}${order}`].reduce(
			(sum, c) => (sum * 31 + c.charCodeAt(0)) % 9973,
			7
		);
		if (mark % 3 === 0) continue;
		await database.exec('savepoint publish');
		try {
			const { rows: made } = await database.query<{ made: { id: string } }>(
				`select private.publish($1, $2, 'Sửa', null) as made`,
				[ROOT_UNIT, code]
			);
			await view.add(database, made[0]!.made.id);
		} catch (error) {
			await database.exec('rollback to savepoint publish');
			if (!/^PT/.test((error as { code?: string }).code ?? '')) throw error;
		}
	}
}

/** Lives one story; resolves to what the attacker found and saw. */
async function attacked({ story, order }: { story: World; order: number }, rule = true) {
	const view = new PublishedView();
	let revisions = 0;
	await inRolledBack(database, async () => {
		if (!rule) {
			await database.exec(
				`create or replace function private.published_cells_of(p_organisation uuid, p_year integer)
				returns table (subject text, period text, unit_id uuid) language sql as
				'select null, null, null::uuid where false'`
			);
		}
		await installWorld(database, story);
		await live(database, story, async ({ today, released }) => {
			if (!released) return;
			await publishSome(view, today, order);
			await view.attack(database);
		});
		const { rows } = await database.query<{ n: number }>(
			'select count(*)::integer as n from private.published_periods where revision > 1'
		);
		revisions = rows[0]?.n ?? 0;
	});
	return { finds: view.finds, cells: view.count, revisions };
}

test(
	'nothing published together tells of fewer than five persons, or of one person at a counter',
	{ timeout: 1_800_000 },
	async () => {
		const seen = { cells: 0, revisions: 0 };
		await fc.assert(
			fc.asyncProperty(stories, async (told) => {
				const { finds, cells, revisions } = await attacked(told);
				expect(finds).toEqual([]);
				seen.cells += cells;
				seen.revisions += revisions;
			}),
			{
				numRuns: Number(process.env.ATTACKS ?? 20),
				// A shorter story of the same kind takes minutes to find; the seed repeats this one.
				endOnFailure: true,
				...(process.env.SEED ? { seed: Number(process.env.SEED) } : {})
			}
		);
		// Stories in which nothing was corrected prove nothing about corrections.
		expect(seen.cells).toBeGreaterThan(500);
		expect(seen.revisions).toBeGreaterThan(0);
	}
);

test('without the rule the same attacker finds one', { timeout: 1_800_000 }, async () => {
	const { failed } = await fc.check(
		fc.asyncProperty(stories, async (told) => (await attacked(told, false)).finds.length === 0),
		{ numRuns: 60, seed: 1, endOnFailure: true }
	);
	expect(failed).toBe(true);
});
