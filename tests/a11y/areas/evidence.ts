import { withDatabase } from '../../../supabase/local/migrations.ts';
import { follow } from '../../support/next-page.ts';
import type { Product } from '../../support/product.ts';
import type { SignedInPage } from '../signed-in-page.ts';

/** Flagged answers of a month that is over, at the first counter; and one proposal. */
async function flag(product: Product): Promise<string> {
	return withDatabase(product.databaseUrl, async (client) => {
		await client.query(
			`update public.responses as r set quality_flags = array['burst']
			from private.strata as s
			where s.id = r.stratum_id and s.service_point_id = (
				select p.id from public.service_points as p join public.organisations as o on o.id = p.organisation_id and o.is_demo
				order by p.id limit 1)
				and r.counted_on between '2026-02-01' and '2026-02-14'`
		);
		await client.query(`select public.rebuild_tallies('2026-02-01', '2026-02-14')`);
		return `/evidence?period=2026-Q1`;
	});
}

export const evidence: SignedInPage[] = [
	{
		name: 'evidence of a unit, with flagged answers',
		route: '(office)/evidence',
		role: 'analyst',
		path: flag
	},
	{
		name: 'proposal to exclude',
		route: '(office)/evidence/propose',
		role: 'leader',
		path: () => '/evidence/propose?period=2026-Q1&rule=burst',
		act: async (page) => {
			await follow(page.locator('main form button[type=submit]'));
		}
	}
];
