import type { Page } from 'playwright';
import { withDatabase } from '../../../supabase/local/migrations.ts';
import { follow } from '../../support/next-page.ts';
import type { Product } from '../../support/product.ts';
import type { SignedInPage } from '../signed-in-page.ts';

const at = (path: string) => () => path;

/** The latest request of the demo, as it is after some days; `set` says which. Other tests leave organisations of their own. */
async function putArchive({ databaseUrl }: Product, set: string): Promise<void> {
	await withDatabase(databaseUrl, async (client) => {
		const who = (role: string) =>
			`(select person_id from members where organisation_id = o.id and unit_id = o.id and role = '${role}' and ended_at is null limit 1)`;
		await client.query(`delete from archive_requests`);
		await client.query(
			`insert into archive_requests (organisation_id, recipient, asked_by)
			select o.id, 'age1' || repeat('q', 58), ${who('leader')} from organisations as o
			where o.is_demo and ${who('leader')} is not null and ${who('administrator')} is not null`
		);
		await client.query(
			`update archive_requests as r set ${set} from organisations as o where o.id = r.organisation_id and o.is_demo`.replace(
				'ADMINISTRATOR',
				who('administrator')
			)
		);
	});
}
const noArchive = (_: Page, product: Product) =>
	withDatabase(product.databaseUrl, async (client) => {
		await client.query('delete from archive_requests');
	});
const askedArchive = (_: Page, product: Product) => putArchive(product, 'asked_at = now()');
const readyArchive = (_: Page, product: Product) =>
	putArchive(
		product,
		'confirmed_by = ADMINISTRATOR, confirmed_at = now(), ready_at = now(), downloaded_at = now(), bytes = 1234567, row_count = 23456'
	);

export const protection: SignedInPage[] = [
	{
		name: 'data protection',
		route: '(office)/setup/protection',
		role: 'leader',
		path: at('/setup/protection')
	},
	{
		name: 'data protection, settings',
		route: '(office)/setup/protection/settings',
		role: 'administrator',
		path: at('/setup/protection/settings')
	},
	{
		name: 'data protection, settings refused',
		route: '(office)/setup/protection/settings',
		role: 'administrator',
		path: at('/setup/protection/settings'),
		act: async (page) => {
			await page.fill('#responseMonths', '0');
			await follow(page.locator('main form button[type=submit]').last());
		}
	},
	{
		name: 'data protection, shorter times',
		route: '(office)/setup/protection/settings',
		role: 'administrator',
		path: at('/setup/protection/settings'),
		act: async (page) => {
			await page.fill('#responseMonths', '12');
			await follow(page.locator('main form button[type=submit]').last());
		}
	},
	{
		name: 'export, nothing asked',
		route: '(office)/setup/protection/archive',
		role: 'administrator',
		path: at('/setup/protection/archive'),
		before: noArchive
	},
	{
		name: 'export, just asked with its key',
		route: '(office)/setup/protection/archive',
		role: 'leader',
		path: at('/setup/protection/archive'),
		before: noArchive,
		act: async (page) => {
			await follow(page.getByRole('button', { name: 'Đề nghị xuất' }));
		}
	},
	{
		name: 'export, waiting for a second person',
		route: '(office)/setup/protection/archive',
		role: 'administrator',
		path: at('/setup/protection/archive'),
		before: askedArchive
	},
	{
		name: 'export, ready',
		route: '(office)/setup/protection/archive',
		role: 'leader',
		path: at('/setup/protection/archive'),
		before: readyArchive
	},
	{
		name: 'deletion, after an export',
		route: '(office)/setup/protection/deletion',
		role: 'administrator',
		path: at('/setup/protection/deletion'),
		before: readyArchive
	},
	{
		name: 'deletion, name not typed',
		route: '(office)/setup/protection/deletion',
		role: 'administrator',
		path: at('/setup/protection/deletion'),
		before: readyArchive,
		act: async (page) => {
			await follow(page.getByRole('button', { name: 'Đề nghị xóa' }));
		}
	},
	{
		name: 'working days',
		route: '(office)/setup/calendar',
		role: 'administrator',
		path: at('/setup/calendar?year=2027')
	},
	{
		name: 'working days, refused',
		route: '(office)/setup/calendar',
		role: 'administrator',
		path: at('/setup/calendar'),
		act: async (page) => {
			await follow(page.getByRole('button', { name: 'Thêm ngày này' }));
		}
	},
	{
		name: 'office hours, refused',
		route: '(office)/setup/calendar',
		role: 'administrator',
		path: at('/setup/calendar'),
		act: async (page) => {
			await page.fill('#opens', 'sáng');
			await follow(page.getByRole('button', { name: 'Lưu giờ làm việc' }));
		}
	}
];
