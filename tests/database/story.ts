// Lives a random world (world.ts) in a database: writes its organisation, then day by day its answers, moves and
// releases. Time is the story's own: private.today() is replaced in the test's database.

import type { PGlite } from '@electric-sql/pglite';
import { flagSince, installLeaders, review } from './reviews.ts';
import type { Day, World } from './world.ts';

/** Ratings in the order B1 B2 D1 E1 E3 S0 (form 0) or S0 B0 C0 D0 E0 (form 1). */
const FORMS = [
	[
		['B1', 'B'],
		['B2', 'B'],
		['D1', 'D'],
		['E1', null],
		['E3', 'E'],
		['S0', 'S0']
	],
	[
		['S0', 'S0'],
		['B0', 'B0'],
		['C0', 'C0'],
		['D0', 'D0'],
		['E0', 'E0']
	]
] as const;
const FIRST_DAY = '2026-01-05';

const id = (kind: number, n: number) =>
	`00000000-0000-4000-8000-${kind}${String(n).padStart(11, '0')}`;
export const ROOT_UNIT = id(1, 0);
const unitId = (n: number) => id(1, n + 1);
const texts = (name: string) => JSON.stringify({ vi: name });

/** Makes the test's clock; once per database. */
export async function installClock(database: PGlite): Promise<void> {
	await database.exec(
		`create or replace function private.today() returns date language sql stable set search_path = ''
		as $$ select coalesce(nullif(current_setting('test.today', true), '')::date, '${FIRST_DAY}') $$`
	);
}

/** Writes organisation, units, forms and points of a world into an empty database. */
export async function installWorld(
	database: PGlite,
	{ scheme, parents, points }: World
): Promise<void> {
	await database.query(
		`insert into public.organisations (id, names, phone, email, scheme, is_demo) values ($1, $2, '0', 'a@b.example', $3, true)`,
		[ROOT_UNIT, texts('Ban'), scheme]
	);
	for (const [n, parent] of parents.entries()) {
		await database.query(
			`insert into public.units (id, organisation_id, parent_id, kind, names) values ($1, $2, $3, 'division', $4)`,
			[unitId(n), ROOT_UNIT, parent < 0 ? ROOT_UNIT : unitId(parent), texts(`Đơn vị ${n}`)]
		);
	}
	for (const [n, items] of FORMS.entries()) {
		const definition = {
			items: items.map(([code, measure]) => ({ code, measure, when: 'always', zero: 'unknown' })),
			facts: [{ code: 'F1', choices: [1, 2, 3], max: 1 }]
		};
		await database.query(
			`insert into public.questionnaires (id, organisation_id, code, names) values ($1, $2, $3, $4)`,
			[id(2, n), ROOT_UNIT, `form${n}`, texts('Phiếu')]
		);
		await database.query(
			`insert into public.questionnaire_versions (id, questionnaire_id, number, definition, published_at) values ($1, $2, 1, $3, now())`,
			[id(3, n), id(2, n), JSON.stringify(definition)]
		);
	}
	await installLeaders(database, ROOT_UNIT);
	for (const [n, { unit, decides, alone, form }] of points.entries()) {
		await database.query(
			`insert into public.service_points (id, organisation_id, unit_id, labels, kind, moment, default_deciding_unit_id, version_id, staffed_by)
			values ($1, $2, $3, $4, 'counter', 'both', $5, $6, $7)`,
			[
				id(4, n),
				ROOT_UNIT,
				unitId(unit % parents.length),
				texts(`Quầy ${n}`),
				unitId(decides % parents.length),
				id(3, form),
				alone ? 'one' : 'several'
			]
		);
	}
}

const plus = (day: string, days: number) =>
	new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10);

/** The answers of a day as record_responses() takes them; those that no form allows are left out. */
export function itemsOf({ points }: World, today: string, { answers }: Day) {
	return answers.flatMap(({ point, count, late, ratings, fact, comment, pool, channel }) => {
		const at = point % points.length;
		const form = points[at]?.form ?? 0;
		const chosen = ratings.slice(0, FORMS[form].length);
		if (!chosen.some((value) => value !== null && value > 0)) return [];
		return Array.from({ length: count }, () => ({
			pool,
			channel,
			service_point_id: id(4, at),
			version_id: id(3, form),
			language: 'vi',
			ratings: chosen,
			facts: fact > 0 ? { F1: [fact] } : {},
			date: plus(today, -late),
			half_day: 'morning',
			comment: comment ? 'Tốt' : null
		}));
	});
}

/** Lives the story day by day and calls `look` after everything that may have changed what people see. */
export async function live(
	database: PGlite,
	story: World,
	look: (moment: { today: string; released: boolean }) => Promise<void>
): Promise<number> {
	let today = FIRST_DAY;
	let recorded = 0;
	for (const day of story.days) {
		today = plus(today, day.passes);
		await database.exec(`set test.today = '${today}'`);
		for (const { what, which, to } of day.moves) {
			const target = to === 0 ? ROOT_UNIT : unitId((to - 1) % story.parents.length);
			const change =
				what === 'unit'
					? [
							`update public.units set parent_id = $2 where id = $1`,
							unitId(which % story.parents.length)
						]
					: [
							`update public.service_points set unit_id = $2 where id = $1`,
							id(4, which % story.points.length)
						];
			// A unit below itself is refused, and that is all there is to it.
			await database.exec('savepoint move');
			try {
				await database.query(change[0] as string, [change[1], target]);
			} catch {
				await database.exec('rollback to savepoint move');
			}
		}
		const units = [ROOT_UNIT, ...story.parents.map((_, n) => unitId(n))];
		const points = story.points.map((_, n) => id(4, n));
		for (const one of day.reviews) await review(database, today, one, { units, points });
		for (const flag of [null, 'fast', 'burst'] as const) {
			const answers = day.answers.filter((some) => some.flag === flag);
			const items = itemsOf(story, today, { ...day, answers });
			if (items.length === 0) continue;
			const { rows: before } = await database.query<{ id: string }>(
				'select id from public.responses'
			);
			await database.query('select public.record_responses($1::jsonb)', [
				JSON.stringify({ items })
			]);
			recorded += items.length;
			if (flag) {
				await flagSince(
					database,
					before.map((known) => known.id),
					flag
				);
			}
		}
		await look({ today, released: false });
		if (day.releases) {
			await database.query('select public.release_figures()');
			await database.query('select public.flag_answers()');
			// On a day off figures stay as they are, whatever was moved meanwhile.
			const { rows } = await database.query<{ works: boolean }>(
				`select private.is_working_day($1, private.today()) as works`,
				[ROOT_UNIT]
			);
			if (rows[0]?.works) await look({ today, released: true });
		}
	}
	return recorded;
}

/** Runs `work` in a transaction that is rolled back: one database serves many worlds. */
export async function inRolledBack(database: PGlite, work: () => Promise<void>): Promise<void> {
	await database.exec('begin');
	try {
		await work();
	} finally {
		await database.exec('rollback; reset test.today');
	}
}
