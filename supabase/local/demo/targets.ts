// What the demo organisation has set beside its figures: a target with the share of a plan that the product serves, and
// the results and goals of the province's indices as these plans name them. Written by the owner: the API knows them as
// the work of a leader, and nobody is signed in yet.

import { withDatabase } from '../migrations.ts';
import { ids } from './rows.ts';

const BOARD_PLAN = 'Kế hoạch 54/KH-BQLKKTCK ngày 23/6/2025 của Ban Quản lý';
const PROVINCE_PLAN = 'Kế hoạch 126/KH-UBND ngày 03/6/2024 của UBND tỉnh Lạng Sơn';
const REFORM_PLAN = 'Kế hoạch CCHC tỉnh Lạng Sơn năm 2024 của UBND tỉnh';

/** The board's own plans set no share: this is the one of a sister board, named as such. */
const TARGET_SOURCE =
	'Minh họa, theo mức 100% của Kế hoạch 2182/KH-BQL ngày 24/12/2025 (Ban Quản lý KKT tỉnh Lai Châu)';

/** Index, year, what is said, where it stands. */
const GOALS: [index: string, year: number, text: string, source: string][] = [
	['PAR INDEX', 2025, 'Mục tiêu: trong nhóm 20 tỉnh, thành phố', BOARD_PLAN],
	['SIPAS', 2025, 'Mục tiêu: trong nhóm 20 tỉnh, thành phố', BOARD_PLAN],
	['PAPI', 2025, 'Mục tiêu: trong nhóm 15 tỉnh, thành phố', BOARD_PLAN],
	['PAR INDEX', 2024, 'Mục tiêu: trong nhóm 30 tỉnh, thành phố đứng đầu', PROVINCE_PLAN],
	['SIPAS', 2024, 'Mục tiêu: trong nhóm 30 tỉnh, thành phố đứng đầu', PROVINCE_PLAN],
	['PAR INDEX', 2024, 'Mục tiêu: trong nhóm 35 tỉnh, thành phố có chỉ số cao nhất', REFORM_PLAN],
	['PAPI', 2024, 'Mục tiêu: trong nhóm 15 tỉnh có điểm cao nhất', REFORM_PLAN],
	['PAR INDEX', 2023, 'Kết quả: 85,94%, xếp hạng 47/63', PROVINCE_PLAN],
	['SIPAS', 2023, 'Kết quả: 79,30%, xếp hạng 55/63', PROVINCE_PLAN]
];

/** Puts targets for this reporting year and the one before, so that every period of the demo has one; twice does no harm. */
export async function putTargets(databaseUrl: string): Promise<void> {
	await withDatabase(databaseUrl, async (owner) => {
		const { rows } = await owner.query<{ year: number }>(
			`select extract(year from private.month_label(scheme, private.today()))::integer as year
			from public.organisations where id = $1`,
			[ids.organisation]
		);
		const year = rows[0]?.year ?? new Date().getUTCFullYear();
		for (const each of [year - 1, year]) {
			for (const dimension of ['overall', 'complaints']) {
				await owner.query(
					`insert into private.targets (organisation_id, unit_id, dimension, period, permille, source)
					values ($1, $1, $2, $3, 1000, $4) on conflict do nothing`,
					[ids.organisation, dimension, `${each}-Y`, TARGET_SOURCE]
				);
			}
			// A level of its own below, so that one sees what is inherited and what is not.
			await owner.query(
				`insert into private.targets (organisation_id, unit_id, dimension, period, permille, source)
				values ($1, $2, 'overall', $3, 850, 'Mức minh họa') on conflict do nothing`,
				[ids.organisation, ids.unit('gates'), `${each}-Y`]
			);
		}
		// What was due is handed over, but for the newest: that one is prepared.
		await owner.query(
			`insert into private.report_states (organisation_id, period, prepared_on, sent_on, recipient)
			select $1, r.period, r.ends_on + 2, case when r.ends_on < max(r.ends_on) over () then r.due_on - 1 end, 'Sở Nội vụ'
			from private.reports_due($1, private.today() - 366, private.today() + 99) as r
			where r.ends_on + 2 <= private.today()
			on conflict do nothing`,
			[ids.organisation]
		);
		await owner.query('delete from private.index_goals where organisation_id = $1', [
			ids.organisation
		]);
		for (const goal of GOALS) {
			await owner.query(
				`insert into private.index_goals (organisation_id, index_name, year, text, source)
				values ($1, $2, $3, $4, $5)`,
				[ids.organisation, ...goal]
			);
		}
	});
}
