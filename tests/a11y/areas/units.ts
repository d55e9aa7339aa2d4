// Setting up units, service points and procedures, as the demo's administrator sees them.

import type { Page } from 'playwright';
import { withDatabase } from '../../../supabase/local/migrations.ts';
import { follow } from '../../support/next-page.ts';
import type { Product } from '../../support/product.ts';
import type { SignedInPage } from '../signed-in-page.ts';

const at = (path: string) => () => path;
const submit = async (page: Page, action = '') => {
	await follow(page.locator(`main form${action} button[type=submit]`).first());
};

/** The id of the demo's first row of a table that fits. */
async function idOf(product: Product, sql: string): Promise<string> {
	return withDatabase(product.databaseUrl, async (client) => {
		const { rows } = await client.query<{ id: string }>(sql);
		return rows[0]!.id;
	});
}
const DEMO = `organisation_id in (select id from organisations where is_demo)`;
const unit = (product: Product) =>
	idOf(product, `select id from units where ${DEMO} and kind = 'one_stop' limit 1`);
const point = (product: Product) =>
	idOf(product, `select id from service_points where ${DEMO} and is_active limit 1`);
const group = (product: Product) =>
	idOf(product, `select id from procedure_groups where ${DEMO} limit 1`);
const procedure = (product: Product) =>
	idOf(product, `select id from procedures where ${DEMO} limit 1`);

const page = (
	name: string,
	folder: string,
	path: SignedInPage['path'],
	act?: SignedInPage['act']
): SignedInPage => ({
	name,
	route: `(office)/setup${folder}`,
	role: 'administrator',
	path,
	...(act ? { act } : {})
});
const UNIT = '/units/[unit=uuid]';
const POINT = '/points/[point=uuid]';
const below = (to: string) => async (product: Product) =>
	`/setup/units/${await unit(product)}${to}`;

export const units: SignedInPage[] = [
	page('setting up', '', at('/setup')),
	page('units', '/units', at('/setup/units')),
	page('units, found nothing', '/units', at('/setup/units?q=nothing')),
	page('adding a unit', '/units/new', at('/setup/units/new')),
	page('adding a unit, refused', '/units/new', at('/setup/units/new'), submit),
	page('one unit', UNIT, below('')),
	page('one unit, changed meanwhile', UNIT, below(''), async (page) => {
		await page.locator('input[name=seen]').evaluate((field) => field.setAttribute('value', '0'));
		await page.fill('#names_vi', 'Tên khác');
		await submit(page, '[action^="?/save"]');
	}),
	page('moving a unit', `${UNIT}/move`, below('/move')),
	page('closing a unit, not yet possible', `${UNIT}/close`, below('/close'), submit),
	page('splitting a unit', `${UNIT}/split`, below('/split')),
	page('merging units', '/units/merge', at('/setup/units/merge')),
	page('merging units, refused', '/units/merge', at('/setup/units/merge'), submit),
	page('service points', '/points', at('/setup/points')),
	page('adding a point', '/points/new', at('/setup/points/new')),
	page('adding a point, refused', '/points/new', at('/setup/points/new'), submit),
	page('adding many points', '/points/many', at('/setup/points/many')),
	page(
		'adding many points, seen before',
		'/points/many',
		at('/setup/points/many'),
		async (page) => {
			await page.fill('#labels_vi', 'Bàn');
			await submit(page);
		}
	),
	page('one point', POINT, async (product) => `/setup/points/${await point(product)}`),
	page(
		'replacing a code',
		`${POINT}/token`,
		async (product) => `/setup/points/${await point(product)}/token`,
		submit
	),
	page('procedures', '/procedures', at('/setup/procedures')),
	page(
		'one procedure group',
		'/procedures/group',
		async (product) => `/setup/procedures/group?id=${await group(product)}`
	),
	page('adding a procedure', '/procedures/procedure', at('/setup/procedures/procedure'), submit),
	page(
		'one procedure',
		'/procedures/procedure',
		async (product) => `/setup/procedures/procedure?id=${await procedure(product)}`
	)
];
