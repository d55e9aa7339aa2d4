// Every page that is seen only after signing in, as one list, each with a role that may open it.

import type { Page } from 'playwright';
import { activityMark } from '../../src/lib/members/activity.ts';
import { withDatabase } from '../../supabase/local/migrations.ts';
import { follow } from '../support/next-page.ts';
import type { Product } from '../support/product.ts';
import { units } from './areas/units.ts';
import { questionnaires } from './areas/questionnaires.ts';
import { print } from './areas/print.ts';
import { exchange } from './areas/exchange.ts';
import { protection } from './areas/protection.ts';
import { feedback } from './areas/feedback.ts';
import { comments } from './areas/comments.ts';
import { compare } from './areas/compare.ts';
import { publish } from './areas/publish.ts';
import { evidence } from './areas/evidence.ts';
import { targets } from './areas/targets.ts';
import type { SignedInPage } from './signed-in-page.ts';

/** Pages of servers with a second factor, which the embedded one has not. */
export const OTHER_SERVER = ['(account)/sign-in/code'];

const at = (path: string) => () => path;
const submit = async (page: Page) => {
	await follow(page.locator('main form button[type=submit]').first());
};

async function someMember(product: Product): Promise<string> {
	return withDatabase(product.databaseUrl, async (client) => {
		const { rows } = await client.query<{ id: string }>(
			`select m.id from public.members as m join public.organisations as o on o.id = m.organisation_id and o.is_demo
			where m.role = 'officer' and m.ended_at is null limit 1`
		);
		return `/members/edit/${rows[0]!.id}`;
	});
}

/** As if this browser had just opened a recovery mail. */
async function markRecovery(page: Page, product: Product): Promise<void> {
	const email = product.accounts.find(({ role }) => role === 'leader')!.email;
	const id = await withDatabase(product.databaseUrl, async (client) => {
		const { rows } = await client.query<{ id: string }>(
			'select id from public.people where email = $1',
			[email]
		);
		return rows[0]!.id;
	});
	const value = activityMark(product.ticketSecret, `recovery ${id}`, Date.now() / 1000);
	await page.context().addCookies([{ name: 'lang-nghe-recovery', value, url: product.url }]);
}

export const OFFICE_PAGES: SignedInPage[] = [
	{ name: 'first page', route: '(office)/office', role: 'officer', path: at('/office') },
	{
		name: 'first page, refused',
		route: '(office)/office',
		role: 'officer',
		path: at('/members')
	},
	{ name: 'members', route: '(office)/members', role: 'administrator', path: at('/members') },
	{
		name: 'members, found nobody',
		route: '(office)/members',
		role: 'auditor',
		path: at('/members?q=nobody')
	},
	{
		name: 'inviting',
		route: '(office)/members/invite',
		role: 'administrator',
		path: at('/members/invite')
	},
	{
		name: 'inviting, refused',
		route: '(office)/members/invite',
		role: 'administrator',
		path: at('/members/invite'),
		act: submit
	},
	{
		name: 'invitation made',
		route: '(office)/members/invite',
		role: 'administrator',
		path: at('/members/invite'),
		act: async (page) => {
			await page.locator('input[name=role]').first().check();
			await page.locator('input[name=way][value=hand]').check();
			await submit(page);
		}
	},
	{
		name: 'one member',
		route: '(office)/members/edit/[member=uuid]',
		role: 'administrator',
		path: someMember
	},
	{ name: 'audit log', route: '(office)/audit', role: 'auditor', path: at('/audit') },
	{ name: 'own account', route: '(office)/account', role: 'leader', path: at('/account') },
	{
		name: 'own account, refused',
		route: '(office)/account',
		role: 'leader',
		path: at('/account'),
		act: submit
	},
	{
		name: 'new password',
		route: '(account)/auth/new-password',
		role: 'leader',
		path: at('/auth/new-password'),
		before: markRecovery
	},
	...units,
	...questionnaires,
	...print,
	...exchange,
	...protection,
	...feedback,
	...comments,
	...evidence,
	...compare,
	...publish,
	...targets
];
