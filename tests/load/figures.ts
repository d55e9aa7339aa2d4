// Figures of all units for a quarter: at 10,000 and at 1,000,000 responses, and counted from raw responses instead.
// Also how many bytes a response takes, with its indexes and tallies. Each size is a database of its own in one
// embedded cluster, with 60 units, 120 points and a year of answers made by SQL.

import { availableParallelism } from 'node:os';
import pg from 'pg';
import { builtIn } from '../../src/lib/questionnaire/built-in.ts';
import type { Report } from './report.ts';
import { withTwoDatabases } from './two-databases.ts';

const MOST = Number(process.env.BENCH_RESPONSES ?? 1_000_000);
const QUARTER = '2026-Q2';
export const ORGANISATION = '00000000-0000-4000-8000-000000000001';

/** Units below the root, two points each, the quick and the nine-item form. */
export async function makeOrganisation(client: pg.Client, units = 60): Promise<void> {
	await client.query(
		`insert into public.organisations (id, names, phone, email, is_demo) values ($1, '{"vi": "Tỉnh"}', '0', 'a@b.example', true)`,
		[ORGANISATION]
	);
	await client.query(
		`insert into public.units (organisation_id, parent_id, kind, names, sort)
		select $1, $1, 'commune', jsonb_build_object('vi', 'Xã ' || n), n from generate_series(1, $2::integer) as n`,
		[ORGANISATION, units]
	);
	for (const form of ['quick', 'nine'] as const) {
		await client.query(
			`with q as (insert into public.questionnaires (organisation_id, code, names) values ($1, $2, '{"vi": "Phiếu"}') returning id)
			insert into public.questionnaire_versions (questionnaire_id, number, definition, published_at) select id, 1, $3, now() from q`,
			[ORGANISATION, form, JSON.stringify(builtIn[form])]
		);
	}
	await client.query(
		`insert into public.service_points (organisation_id, unit_id, labels, kind, moment, default_deciding_unit_id, version_id)
		select $1, u.id, '{"vi": "Quầy"}', 'counter', 'both', u.id, v.id
		from public.units as u cross join public.questionnaire_versions as v where u.kind = 'commune'`,
		[ORGANISATION]
	);
}

/** The answers of one day, at random strata, tallied as they are when citizens send them. */
const ONE_DAY = `
	with made as (
		insert into public.responses (stratum_id, date, counted_on, is_morning, ratings)
		select s.id, $2::date, $2::date, random() < 0.6,
			array(select case when random() < 0.03 then null when random() < 0.83 then 4 + (random() < 0.4)::integer else 1 + floor(random() * 3)::integer end + 0 * n
				from generate_series(1, s.items) as i)::smallint[]
		from (select n, 1 + floor(random() * (select count(*) from private.strata))::integer as at from generate_series(1, $1::integer) as n) as d
		join (select s.id, row_number() over (order by s.id) as at, (select count(*) from private.version_items as i where i.version_id = s.version_id)::integer as items
			from private.strata as s) as s on s.at = d.at
		returning *
	)
	select private.add_tallies(array(select r::public.responses from made as r))`;

/** Makes the answers of every lanes-th day on a connection of its own: days do not touch each other. */
async function makeDays(
	client: pg.Client,
	numbers: number[],
	lane: number,
	lanes: number
): Promise<void> {
	const { host, port, user, password, database } = client;
	const own = new pg.Client({ host, port, user, password, database } as pg.ClientConfig);
	await own.connect();
	try {
		await own.query('set synchronous_commit = off');
		for (let back = lane; back < numbers.length; back += lanes) {
			const day = new Date(Date.UTC(2026, 10, 9 - back)).toISOString().slice(0, 10);
			await own.query(ONE_DAY, [numbers[back], day]);
		}
	} finally {
		await own.end();
	}
}

interface Making {
	made: number;
	released: number;
}

/** Both times of makeResponses() as raw figures. */
export function reportMaking(report: Report, count: number, { made, released }: Making): void {
	report.raw(`${count} responses made and tallied`, `${made.toFixed(0)} s`);
	report.raw(`the release of ${count} waiting responses`, `${released.toFixed(1)} s`);
}

/**
 * Strata as they arise at a point, then answers spread evenly over so many days up to 9 November 2026, with their
 * tallies, then the release.
 * @returns seconds of each
 */
export async function makeResponses(client: pg.Client, count: number, days = 330): Promise<Making> {
	const began = performance.now();
	await client.query(
		`insert into private.strata (organisation_id, service_point_id, receiving_unit_id, deciding_unit_id, moment, version_id, pool, channel, pressed_by, language)
		select p.organisation_id, p.id, p.unit_id, p.unit_id, m.moment, p.version_id, 'open', 'qr', b.pressed_by, 'vi'
		from public.service_points as p
		cross join (values ('receive'), ('return')) as m (moment) cross join (values ('self'), ('helped')) as b (pressed_by)`
	);
	const upTo = (day: number) => Math.round((count * day) / days);
	const numbers = Array.from({ length: days }, (_, day) => upTo(day + 1) - upTo(day));
	const lanes = availableParallelism();
	await Promise.all(
		Array.from({ length: lanes }, (_, lane) => makeDays(client, numbers, lane, lanes))
	);
	await client.query('analyze');
	const filled = performance.now();
	await client.query(`select public.release_figures('2026-11-19')`);
	const released = performance.now();
	await client.query('vacuum analyze');
	return { made: (filled - began) / 1000, released: (released - filled) / 1000 };
}

/** The same figures as on the results page, counted from raw responses. */
const FROM_RAW = `
	select t.ancestor_id, x.measure, count(*), sum(x.top2), sum(x.top2 * x.top2), sum(x.mean), sum(x.mean * x.mean)
	from (
		select case when i.measure ~ '^[BD]' then s.deciding_unit_id else s.receiving_unit_id end as unit_id, i.measure,
			(count(*) filter (where v.rating >= 4))::float8 / count(*) as top2, avg(v.rating)::float8 / 5 as mean
		from public.responses as r
		join private.strata as s on s.id = r.stratum_id
		cross join lateral unnest(r.ratings) with ordinality as v (rating, position)
		join private.version_items as i on i.version_id = s.version_id and i.position = v.position
		where s.organisation_id = $1 and r.counted_on between '2026-03-15' and '2026-06-14' and v.rating between 1 and 5 and i.measure is not null
		group by r.id, 1, 2
	) as x
	join public.unit_tree as t on t.descendant_id = x.unit_id and t.valid_to is null
	group by 1, 2`;

/** Milliseconds of one run. */
async function timeOf(client: pg.Client, sql: string, values: unknown[]): Promise<number> {
	const began = performance.now();
	await client.query(sql, values);
	return performance.now() - began;
}

/** The best of many runs for each database, in turn: what else the machine does must not decide the ratio. */
export async function inTurn(
	clients: pg.Client[],
	sql: string,
	values: unknown[],
	runs: number
): Promise<number[]> {
	const best = clients.map(() => Infinity);
	for (let run = 0; run < runs; run++) {
		for (const [n, client] of clients.entries()) {
			best[n] = Math.min(best[n] ?? Infinity, await timeOf(client, sql, values));
		}
	}
	return best;
}

async function bytesPerResponse(client: pg.Client): Promise<{ name: string; bytes: number }[]> {
	const { rows } = await client.query<{ name: string; bytes: number }>(
		`select case when relname in ('responses', 'response_comments') then 'responses' when relname like '%_months' then 'monthly sums'
				when relname = 'figures' then 'figures' when relname like '%_counts' or relname like '%_sums' then 'daily tallies' else 'the rest' end as name,
			sum(pg_total_relation_size(c.oid))::float8 / (select count(*) from public.responses) as bytes
		from pg_class as c join pg_namespace as n on n.oid = c.relnamespace
		where n.nspname in ('public', 'private') and c.relkind = 'r' group by 1 order by 2 desc`
	);
	return rows;
}

async function compare(few: pg.Client, many: pg.Client, report: Report): Promise<void> {
	const page = 'select public.public_results($1, $2)';
	const [atFew = 0, atMany = 0] = await inTurn([few, many], page, [ORGANISATION, QUARTER], 40);
	const [raw = 0] = await inTurn([many], FROM_RAW, [ORGANISATION], 3);
	report.raw('results page’s figures at 10000 responses (best of 40)', `${atFew.toFixed(1)} ms`);
	report.raw(`the same at ${MOST}`, `${atMany.toFixed(1)} ms`);
	report.raw(`the same from raw responses at ${MOST} (best of 3)`, `${raw.toFixed(0)} ms`);
	report.target(`time at ${MOST} ÷ time at 10000`, atMany / atFew, { atMost: 1.5 });
	report.target('from raw ÷ from figures', raw / atMany, { atLeast: 50 });
	report.heading(`Bytes stored per response at ${MOST}, indexes included`);
	const bytes = await bytesPerResponse(many);
	for (const each of bytes) report.raw(each.name, each.bytes.toFixed(1));
	report.raw('together', bytes.reduce((sum, each) => sum + each.bytes, 0).toFixed(1));
}

export async function benchFigures(report: Report): Promise<void> {
	report.heading('Figures of all units for a quarter (60 units, 120 points)');
	const fill = (count: number) => async (client: pg.Client) => {
		await makeOrganisation(client);
		reportMaking(report, count, await makeResponses(client, count));
		const closed = performance.now();
		const { rows } = await client.query<{ made: { published: number } }>(
			'select public.publish_demo() as made'
		);
		report.raw(
			`${rows[0]?.made.published} closed periods published`,
			`${((performance.now() - closed) / 1000).toFixed(1)} s`
		);
	};
	await withTwoDatabases({ few: 10_000, many: MOST }, fill, (few, many) =>
		compare(few, many, report)
	);
}
