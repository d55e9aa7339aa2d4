// A real organisation (not the demo) with two units, answers of two months ago and a leader who can sign in: for tests of
// what the demo does by itself. Written as the owner of the database; figures are released as the worker does.

import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { createApiClient } from './api-client.ts';
import type { Product } from './product.ts';
import { RELEASE_LAST_WORKING_DAY } from './release.ts';
import type { Colleague } from './staff.ts';

const item = (code: string, text: string) => ({
	...{ code, measure: code, when: 'always', zero: null },
	texts: { vi: { text } }
});
const DEFINITION = {
	items: [item('B0', 'Thủ tục'), item('C0', 'Cán bộ phục vụ'), item('S0', 'Nhìn chung')],
	facts: []
};

export interface SmallOrganisation {
	id: string;
	name: string;
	unit: string;
	leader: Colleague;
	owner: pg.Client;
	/** Lets an exclusion of the eight flagged answers of the first day take effect, as a release would. */
	leaveOut(): Promise<void>;
	close(): Promise<void>;
}

/** @param days how many days ago 40 persons answered, each */
export async function smallOrganisation(
	product: Product,
	name: string,
	days: number[]
): Promise<SmallOrganisation> {
	const owner = new pg.Client({ connectionString: product.databaseUrl });
	await owner.connect();
	const [id, unit, form, version, point] = Array.from({ length: 5 }, () => randomUUID());
	const words = (vi: string) => JSON.stringify({ vi });
	const run = (sql: string, values: unknown[]) => owner.query(sql, values);
	await run(
		`insert into organisations (id, names, phone, email) values ($1, $2, '0205 3 000 111', 'thu@example.vn')`,
		[id, words(name)]
	);
	await run(
		`insert into units (id, organisation_id, parent_id, kind, names) values ($1, $2, $2, 'one_stop', $3)`,
		[unit, id, words('Bộ phận Một cửa thử')]
	);
	await run(
		`insert into questionnaires (id, organisation_id, code, names) values ($1, $2, 'quick', $3)`,
		[form, id, words('Phiếu nhanh')]
	);
	await run(
		`insert into questionnaire_versions (id, questionnaire_id, number, definition, published_at) values ($1, $2, 1, $3, now())`,
		[version, form, DEFINITION]
	);
	await run(
		`insert into service_points (id, organisation_id, unit_id, labels, kind, moment, default_deciding_unit_id, version_id, staffed_by)
		values ($1, $2, $3, $4, 'counter', 'both', $3, $5, 'several')`,
		[point, id, unit, words('Quầy'), version]
	);
	const persons = days.flatMap((ago) =>
		Array.from({ length: 40 }, (_, n) => ({
			...{ service_point_id: point, version_id: version, language: 'vi', half_day: 'morning' },
			...{ pool: 'open', channel: 'qr', ratings: n % 4 === 0 ? [3, 2, 3] : [4, 5, 5] },
			date: new Date(Date.now() - ago * 86_400_000).toISOString().slice(0, 10)
		}))
	);
	await run('select record_responses($1)', [JSON.stringify({ items: persons })]);
	await run(
		`update responses set quality_flags = array['burst'] where id in (
			select r.id from responses as r join private.strata as s on s.id = r.stratum_id
			where s.organisation_id = $1 order by r.date, r.ratings desc limit 8)`,
		[id]
	);
	await run(RELEASE_LAST_WORKING_DAY, [id]);
	await run('select flag_answers()', []);
	const email = `lanhdao.${randomUUID()}@example.vn`;
	const password = `chim sẻ bay qua ${randomUUID()}`;
	const api = createApiClient(product.apiUrl, product.publishableKey);
	const person = await api.signUp(email, password);
	await run(`insert into people (id, name, email) values ($1, 'Lãnh đạo thử', $2)`, [
		person,
		email
	]);
	await run(
		`insert into members (person_id, organisation_id, unit_id, role) values ($1, $2, $2, 'leader')`,
		[person, id]
	);
	return {
		...{ id: id!, name, unit: unit!, owner },
		leader: { name: 'Lãnh đạo thử', email, password },
		async leaveOut() {
			const excluded = randomUUID();
			await run(
				`insert into private.exclusions (id, organisation_id, unit_id, period, rule, answers, reason, state)
				values ($1, $2, $2, '2026-Y', 'burst', 8, 'Phiếu trùng', 'confirmed')`,
				[excluded, id]
			);
			const { rowCount } = await run(
				`update private.flagged_answers as g set exclusion_id = $1, set_id = $1
				from private.strata as s where s.id = g.stratum_id and s.organisation_id = $2 and g.rule = 'burst'`,
				[excluded, id]
			);
			if (!rowCount) throw new Error('no answer was flagged');
			await run(
				`select private.refresh_figures($1, year) from (
					select distinct unnest(private.apply_exclusions($1, private.today())) as year) as changed`,
				[id]
			);
		},
		close: () => owner.end()
	};
}
