// What people in a story do about flagged answers: two leaders of the organisation propose, agree, refuse and end
// exclusions, through the same functions as the pages. Whatever SQL refuses is simply not done.

import type { PGlite } from '@electric-sql/pglite';
import type { Review } from './world.ts';

const LEADERS = ['00000000-0000-4000-8000-600000000001', '00000000-0000-4000-8000-600000000002'];

/** Two leaders at the root. */
export async function installLeaders(database: PGlite, root: string): Promise<void> {
	for (const [n, id] of LEADERS.entries()) {
		await database.query(`insert into public.people (id, name, email) values ($1, $2, $3)`, [
			id,
			`Lãnh đạo ${n}`,
			`${n}@example.vn`
		]);
		await database.query(
			`insert into public.members (person_id, organisation_id, unit_id, role) values ($1, $2, $2, 'leader')`,
			[id, root]
		);
	}
}

/** Marks the answers recorded since `known` as the rules at recording would. */
export async function flagSince(database: PGlite, known: string[], flag: string): Promise<void> {
	await database.query(
		`update public.responses set quality_flags = array[$2::text] where id <> all ($1::uuid[])`,
		[known, flag]
	);
}

async function attempt(database: PGlite, leader: number, sql: string, values: unknown[]) {
	await database.exec('savepoint review');
	await database.query(`select set_config('request.jwt.claims', $1, true)`, [
		JSON.stringify({ sub: LEADERS[leader] })
	]);
	try {
		await database.query(sql, values);
	} catch (error) {
		await database.exec('rollback to savepoint review');
		if (!/^PT/.test((error as { code?: string }).code ?? '')) throw error;
	}
	await database.query(`select set_config('request.jwt.claims', '', true)`);
}

/** Does one review on a day. `units` and `points` are what a proposal may choose from. */
export async function review(
	database: PGlite,
	today: string,
	{ what, which, at, rule, period }: Review,
	{ units, points }: { units: string[]; points: string[] }
): Promise<void> {
	const month = Number(today.slice(5, 7));
	const code = {
		month: `M${String(month).padStart(2, '0')}`,
		quarter: `Q${Math.ceil(month / 3)}`,
		year: 'Y'
	}[period];
	if (what === 'propose') {
		const point = at === 'point' ? points[which % points.length] : null;
		const unit = point ? units[0] : units[which % units.length];
		const asked = [unit, point, `${today.slice(0, 4)}-${code}`, rule];
		await attempt(
			database,
			0,
			`select public.propose_exclusion($1, $2, $3, $4, 'Thử nghiệm')`,
			asked
		);
		return;
	}
	const states = what === 'end' ? ['in_force'] : ['proposed', 'end_proposed'];
	const { rows } = await database.query<{ id: string }>(
		'select id from private.exclusions where state = any ($1) order by id',
		[states]
	);
	const chosen = rows[which % Math.max(rows.length, 1)]?.id;
	if (!chosen) return;
	if (what === 'end') {
		await attempt(database, 0, `select public.propose_exclusion_end($1, 'Nhầm')`, [chosen]);
	} else {
		await attempt(database, 1, 'select public.decide_exclusion($1, $2)', [
			chosen,
			what === 'agree'
		]);
	}
}
