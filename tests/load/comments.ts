// The list of comments and the search in it at 10,000 and at 1,000,000 comments of one organisation with 60 units:
// what list_comments() takes, asked by a leader of the whole and by an officer of one unit. Each size is a database of
// its own in one embedded cluster; texts are made by SQL, masked ones only (masking is not what is measured here).

import type pg from 'pg';
import { makeOrganisation, ORGANISATION } from './figures.ts';
import type { Report } from './report.ts';
import { withTwoDatabases } from './two-databases.ts';

const MOST = Number(process.env.BENCH_COMMENTS ?? 1_000_000);
const FEW = 10_000;
const LEADER = '00000000-0000-4000-8000-0000000000a1';
const OFFICER = '00000000-0000-4000-8000-0000000000a2';

/** Sentences as people write them; the third of the words below stands in one comment of a thousand. */
const SENTENCES = [
	'Cán bộ hướng dẫn rõ ràng, tôi làm một lần là xong.',
	'Chờ hơn một tiếng mới đến lượt.',
	'Phải bổ sung giấy tờ hai lần, giá như được nói ngay từ đầu.',
	'Bảng niêm yết thủ tục chữ nhỏ, treo cao, khó đọc.',
	'Dịch vụ công trực tuyến hay báo lỗi khi tải tệp lên.',
	'Nhân viên điều phối xe nhiệt tình, xếp hàng trật tự.',
	'Xe chờ trong bãi gần một ngày mà không biết bao giờ đến lượt.',
	'Nhà vệ sinh ở bãi chờ cần dọn thường xuyên hơn.',
	'Loa gọi xe nghe không rõ.',
	'Kết quả trả chậm ba ngày so với giấy hẹn.'
];

async function makeComments(client: pg.Client, count: number): Promise<void> {
	await client.query(
		`insert into public.people (id, name, email) values ($1, 'Lãnh đạo', 'a@b.example'), ($2, 'Cán bộ', 'b@b.example')`,
		[LEADER, OFFICER]
	);
	await client.query(
		`insert into public.members (person_id, organisation_id, unit_id, role)
		select $1::uuid, $3::uuid, $3::uuid, 'leader' union all
		select $2::uuid, $3::uuid, (select id from public.units where organisation_id = $3 and kind = 'commune' order by sort limit 1), 'officer'`,
		[LEADER, OFFICER, ORGANISATION]
	);
	await client.query(
		`insert into private.strata (organisation_id, service_point_id, receiving_unit_id, deciding_unit_id, moment, version_id, pool, channel, language)
		select p.organisation_id, p.id, p.unit_id, p.unit_id, 'receive', p.version_id, 'open', 'qr', 'vi' from public.service_points as p`
	);
	await client.query('drop index private.comments_words_idx');
	await client.query(
		`create temp table made as
		select gen_random_uuid() as id, s.id as stratum_id, s.service_point_id, s.receiving_unit_id as unit_id,
			(date '2026-01-01' + make_interval(months => n % 12))::date as month,
			(array[1, 1, 2, 3, 3, 3, 3, 3])[1 + floor(random() * 8 + 0 * n)::integer] as band,
			($2::text[])[1 + floor(random() * 10 + 0 * n)::integer] || ' ' || ($2::text[])[1 + floor(random() * 10 + 0 * n)::integer]
				|| case when random() < 0.01 then ' Quầy hồ tiêu.' else '' end
				|| case when random() < 0.001 then ' Mong có thêm ghế mây.' else '' end as body
		from generate_series(1, $1::integer) as n
		join (select s.*, row_number() over (order by s.id) as at from private.strata as s) as s on s.at = 1 + n % 120`,
		[count, SENTENCES]
	);
	await client.query(
		`insert into public.responses (id, stratum_id, date, counted_on, is_morning, ratings) select id, stratum_id, month, month, true, '{5}' from made`
	);
	await client.query(
		`insert into public.response_comments (response_id, service_point_id, pool, counted_on, body, state, released_month)
		select id, service_point_id, 'open', month, body, 'shown', month from made`
	);
	await client.query(
		`insert into private.comments (response_id, organisation_id, unit_id, released_month, band, masked, is_insulting, theme, rules, shelf, known_band)
		select id, $1, unit_id, month, band, body, false, case when body ~ 'Chờ' then 'waiting' else 'other' end, 1, month, band from made`,
		[ORGANISATION]
	);
	await client.query(
		'create index comments_words_idx on private.comments using gin (private.index_tokens(folded, shelf, id)) with (fastupdate = off)'
	);
	await client.query('drop table made');
	await client.query('vacuum analyze');
}

interface Asked {
	name: string;
	person: string;
	filter: Record<string, string>;
	/** From the second page on. */
	later?: boolean;
	/** Held to the target; the others are only told. */
	counts: boolean;
}

const ASKED: Asked[] = [
	{ name: 'list, whole organisation', person: LEADER, filter: {}, counts: true },
	{ name: 'list, second page', person: LEADER, filter: {}, later: true, counts: true },
	{ name: 'list, one unit', person: OFFICER, filter: {}, counts: true },
	{
		name: 'list, month and level',
		person: LEADER,
		filter: { month: '2026-05', band: '1' },
		counts: true
	},
	{
		name: 'search "can bo" (in two of ten)',
		person: LEADER,
		filter: { search: 'can bo' },
		counts: true
	},
	{
		name: 'search "ho tieu" (in one of 100)',
		person: LEADER,
		filter: { search: 'ho tieu' },
		counts: true
	},
	{
		name: 'search "ghe may" (in one of 1,000)',
		person: LEADER,
		filter: { search: 'ghe may' },
		counts: true
	},
	{ name: 'search "ghe da" (in none)', person: LEADER, filter: { search: 'ghe da' }, counts: true },
	{ name: 'search "can bo", one unit', person: OFFICER, filter: { search: 'can bo' }, counts: true }
];

/** Milliseconds of one call as this person. */
async function timeOf(client: pg.Client, { person, filter, later }: Asked): Promise<number> {
	await client.query(`select set_config('request.jwt.claims', $1, false)`, [
		JSON.stringify({ sub: person, role: 'authenticated' })
	]);
	const unit = `(select unit_id from public.members where person_id = '${person}')`;
	const ask = (after: unknown) =>
		client.query<{ list: { next: unknown; state: string } }>(
			`select public.list_comments(${unit}, $1, $2) as list`,
			[JSON.stringify(filter), after === null ? null : JSON.stringify(after)]
		);
	const after = later ? ((await ask(null)).rows[0]?.list.next ?? null) : null;
	const began = performance.now();
	await ask(after);
	return performance.now() - began;
}

async function compare(few: pg.Client, many: pg.Client, report: Report): Promise<void> {
	for (const asked of ASKED) {
		const best = [Infinity, Infinity];
		for (let run = 0; run < 30; run++) {
			for (const [n, client] of [few, many].entries()) {
				best[n] = Math.min(best[n]!, await timeOf(client, asked));
			}
		}
		const [atFew = 0, atMany = 0] = best;
		report.raw(
			`${asked.name}, at ${FEW} and ${MOST}`,
			`${atFew.toFixed(1)} and ${atMany.toFixed(1)} ms`
		);
		if (asked.counts) {
			report.target(`${asked.name}: time at ${MOST} ÷ at ${FEW}`, atMany / atFew, { atMost: 2 });
		}
	}
}

/** Prints both times and their ratio; issue 4 wants at most 2. */
export async function benchComments(report: Report): Promise<void> {
	report.heading(`Comments: list and search at ${MOST} against ${FEW} (60 units, best of 30)`);
	const fill = (count: number) => async (client: pg.Client) => {
		await makeOrganisation(client);
		const began = performance.now();
		await makeComments(client, count);
		const seconds = ((performance.now() - began) / 1000).toFixed(0);
		report.raw(`${count} comments made and indexed`, `${seconds} s`);
	};
	await withTwoDatabases({ few: FEW, many: MOST }, fill, (few, many) => compare(few, many, report));
}
