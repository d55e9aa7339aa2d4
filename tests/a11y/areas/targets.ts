import { withDatabase } from '../../../supabase/local/migrations.ts';
import type { Product } from '../../support/product.ts';
import type { SignedInPage } from '../signed-in-page.ts';

/** The newest report of the demo whose period is over. */
const someReport = ({ databaseUrl }: Product) =>
	withDatabase(databaseUrl, async (client) => {
		const { rows } = await client.query<{ period: string }>(
			`select r.period from organisations as o
			cross join private.reports_due(o.id, private.today() - 366, private.today() + 99) as r
			where o.is_demo and r.ends_on < private.today() order by r.ends_on desc limit 1`
		);
		return `/reports/state?period=${rows[0]!.period}`;
	});

/** The steepest fall of the demo between two closed months. */
const someFall = ({ databaseUrl }: Product) =>
	withDatabase(databaseUrl, async (client) => {
		const { rows } = await client.query<{ period: string; unit: string }>(
			`select f.period, f.unit_id as unit
			from organisations as o
			join private.figures as f on f.organisation_id = o.id and f.unit_id = o.id and f.cross_kind = 'none'
				and f.subject = 'measure:S0' and f.period like '%-M%'
			join private.year_periods(left(f.period, 4)::integer) as now on now.code = f.period
			cross join private.year_periods(left(f.period, 4)::integer) as earlier
			join private.figures as before on before.organisation_id = o.id and before.unit_id = o.id
				and before.cross_kind = 'none' and before.subject = f.subject and before.period = earlier.code
			where o.is_demo and earlier.kind = 'month' and earlier.first_label = now.first_label - interval '1 month'
				and private.is_closed(o.id, now.last_label) and f.persons >= 30 and before.persons >= 30
			order by (f.s1 / f.persons - before.s1 / before.persons) / sqrt(1.0 / f.persons + 1.0 / before.persons)
			limit 1`
		);
		return `/reports/explain?of=${rows[0]!.unit}&measure=S0&period=${rows[0]!.period}`;
	});

const page = (name: string, route: string, path: string, role = 'leader'): SignedInPage => ({
	name,
	route: `(office)/${route}`,
	role,
	path: () => path
});

export const targets: SignedInPage[] = [
	page('targets', 'setup/targets', '/setup/targets'),
	{
		...page('targets, refused', 'setup/targets', '/setup/targets'),
		act: async (opened) => {
			await opened.fill('#level', 'một trăm');
			await opened.getByRole('button', { name: 'Đặt chỉ tiêu' }).click();
			await opened.locator('#level-problem').waitFor();
		}
	},
	page('owners', 'setup/owners', '/setup/owners', 'administrator'),
	page('indices', 'setup/indices', '/setup/indices'),
	page('reports', 'reports', '/reports'),
	page('report plan', 'reports/plan', '/reports/plan', 'analyst'),
	page('report outline', 'reports/outline', '/reports/outline'),
	{
		...page('report outline, refused', 'reports/outline', '/reports/outline'),
		act: async (opened) => {
			await opened.getByRole('button', { name: 'Tải lên' }).click();
			await opened.locator('#file-problem').waitFor();
		}
	},
	{
		...page('state of a report', 'reports/state', ''),
		path: someReport
	},
	{
		...page('explanation of a fall', 'reports/explain', ''),
		path: someFall
	}
];
