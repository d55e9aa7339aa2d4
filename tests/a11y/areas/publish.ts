import { withDatabase } from '../../../supabase/local/migrations.ts';
import type { SignedInPage } from '../signed-in-page.ts';

export const publish: SignedInPage[] = [
	{ name: 'publish', route: '(office)/publish', role: 'leader', path: () => '/publish' },
	{
		name: 'preview of a publication',
		route: '(office)/publish/[period=period]',
		role: 'leader',
		path: ({ databaseUrl }) =>
			withDatabase(databaseUrl, async (client) => {
				const { rows } = await client.query<{ period: string }>(
					`select p.period from private.published_periods as p join public.organisations as o on o.id = p.organisation_id and o.is_demo
					order by p.ends_on desc, p.period limit 1`
				);
				return `/publish/${rows[0]!.period}`;
			})
	}
];
