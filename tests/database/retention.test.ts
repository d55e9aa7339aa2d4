// The daily clearing takes raw answers and leaves every figure: whatever was answered and released, after it, after a
// part of it (a worker that was killed between two steps) and after it went on, the recount agrees and no figure moved.

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

const rows = async <T extends object>(sql: string): Promise<T[]> =>
	(await database.query<T>(sql)).rows;
const differences = async () => (await recount(new Snapshot(database as Connection))).found.first;

/** Everything that any page is made from. */
const figures = () =>
	rows(
		`select jsonb_agg(to_jsonb(f) order by f.period, f.unit_id, f.subject, f.cross_kind, f.cross_value) as figures,
			(select jsonb_agg(to_jsonb(m) order by m.month, m.stratum_id, m.item) from private.rating_months as m) as ratings,
			(select jsonb_agg(to_jsonb(c) order by c.day, c.service_point_id, c.pool) from private.response_counts as c) as received
		from private.figures as f`
	);

interface Step {
	more: boolean;
	removed: Record<string, number>;
}
const step = async (size: number): Promise<Step> =>
	(await rows<{ step: Step }>(`select public.enforce_retention(${size}) as step`))[0]!.step;

async function clear(size: number): Promise<Step[]> {
	const steps: Step[] = [];
	do steps.push(await step(size));
	while (steps.at(-1)!.more);
	return steps;
}

const left = async () =>
	(
		await rows<{ responses: number; comments: number; first: string | null }>(
			`select (select count(*)::integer from public.responses) as responses,
				(select count(*)::integer from public.response_comments) as comments,
				(select min(counted_on)::text from public.responses) as first`
		)
	)[0]!;

test(
	'figures stay and the recount agrees, also between two steps of a clearing that was killed',
	{ timeout: 600_000 },
	async () => {
		await fc.assert(
			fc.asyncProperty(world(8), fc.integer({ min: 1, max: 60 }), async (story, months) => {
				await inRolledBack(database, async () => {
					await installWorld(database, story);
					await live(database, story, () => Promise.resolve());
					await database.exec(`update public.organisations set response_months = 2, comment_months = 1;
						set test.today = '${new Date(Date.UTC(2026, 1, months)).toISOString().slice(0, 10)}'`);
					const before = await figures();
					const stored = await left();
					await step(3);
					expect(await differences()).toEqual([]);
					const steps = await clear(3);
					expect(await figures()).toEqual(before);
					expect(await differences()).toEqual([]);
					const after = await left();
					const [cut] = await rows<{ raw: string }>(
						`select raw_kept_from::text as raw from private.retention`
					);
					expect(after.first === null || after.first >= cut!.raw).toBe(true);
					// What the log says is what is gone, whole though it was done in parts.
					const told = await rows<{ changes: Record<string, number> }>(
						`select changes from public.audit_log where action = 'retention'`
					);
					expect({
						lines: told.length <= 1,
						responses: told[0]?.changes.responses ?? 0,
						comments: told[0]?.changes.comments ?? 0
					}).toMatchObject({ lines: true, responses: stored.responses - after.responses });
					expect(stored.comments - after.comments).toBe(told[0]?.changes.comments ?? 0);
					expect(steps.at(-1)!.more).toBe(false);
					await database.exec(`select public.rebuild_tallies('2025-01-01', '2030-01-01')`);
					expect(await figures()).toEqual(before);
					expect(await differences()).toEqual([]);
				});
			}),
			{ numRuns: 15 }
		);
	}
);
