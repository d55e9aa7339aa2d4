// What is printed and keyed, as an officer or administrator sees it; and the form behind a one-time code.

import type { Page } from 'playwright';
import { withDatabase } from '../../../supabase/local/migrations.ts';
import type { Product } from '../../support/product.ts';
import { follow } from '../../support/next-page.ts';
import type { PublicPage } from '../public-pages.ts';
import type { SignedInPage } from '../signed-in-page.ts';

const press = (page: Page, selector: string) => follow(page.locator(selector).first());
const tokenOf = ({ servicePoints }: Product) => servicePoints[0]!.url.split('/').at(-1)!;
const page = (
	name: string,
	folder: string,
	path: SignedInPage['path'],
	act?: SignedInPage['act']
): SignedInPage => ({
	name,
	route: `(office)/posters${folder}`,
	role: 'administrator',
	path,
	...(act && { act })
});

/** A batch of paper forms; whoever looks began it, unless somebody else shall have. */
async function batch(product: Product, state: string): Promise<string> {
	return withDatabase(product.databaseUrl, async (client) => {
		const { rows } = await client.query<{ id: string }>(
			`insert into private.paper_batches (organisation_id, unit_id, service_point_id, version_id, number, language, day, half_day, state, keyed_by)
			select p.organisation_id, p.unit_id, p.id, p.version_id,
				(select coalesce(max(number), 0) + 1 from private.paper_batches), 'vi', '2026-01-05', 'morning', $1::text,
				case when $1 = 'keying' then (select id from people where email = $2) end
			from service_points as p where p.token = $3 returning id`,
			[
				state,
				product.accounts.find(({ role }) => role === 'administrator')!.email,
				tokenOf(product)
			]
		);
		return `/posters/paper/${rows[0]!.id}`;
	});
}

/** A batch whose sample differs and is not keyed to its end; none of its sheets could be recorded. */
async function unsettled(product: Product, state = 'checking'): Promise<string> {
	const path = await batch(product, state);
	await withDatabase(product.databaseUrl, async (client) => {
		const sheet = (first: number) =>
			JSON.stringify({
				moment: 'receive',
				procedure_group_id: null,
				pressed_by: null,
				ratings: [first, 4],
				facts: {}
			});
		await client.query(
			`insert into private.paper_sheets (batch_id, number, answers, in_sample, again)
			values ($1, 1, $2::jsonb || '{"comment": null}', true, $3), ($1, 2, $2::jsonb || '{"comment": null}', true, null)`,
			[path.split('/').at(-1), sheet(4), sheet(2)]
		);
	});
	return path;
}

export const print: SignedInPage[] = [
	page('posters', '', () => '/posters'),
	page('posters, found none', '', () => '/posters?q=khongco'),
	page(
		'sheets to print',
		'/print',
		(product) => `/posters/print?p=${tokenOf(product)}&f=a4&f=gate&f=tent`
	),
	page('slips', '/slips', () => '/posters/slips'),
	page('new slips', '/slips/new', () => '/posters/slips/new'),
	page(
		'new slips, refused',
		'/slips/new',
		() => '/posters/slips/new',
		async (at) => {
			await at.fill('#count', '0');
			await press(at, 'main form button[type=submit]');
		}
	),
	page(
		'slips made',
		'/slips/new',
		() => '/posters/slips/new',
		async (at) => {
			await at.fill('#count', '2');
			await press(at, 'main form button[type=submit]');
		}
	),
	page('paper forms', '/paper', () => '/posters/paper'),
	page('paper form', '/paper/forms', (product) => `/posters/paper/forms?p=${tokenOf(product)}`),
	page('keying paper', '/paper/[batch=uuid]', (product) => batch(product, 'keying')),
	page('paper keyed twice', '/paper/[batch=uuid]', (product) => unsettled(product)),
	page('paper refused', '/paper/[batch=uuid]', (product) => unsettled(product, 'refused')),
	page(
		'paper keyed anew',
		'/paper/[batch=uuid]',
		async (product) => `${await unsettled(product)}?sheet=1`
	)
];

async function newCode(product: Product, isSpent: boolean): Promise<string> {
	const code = Array.from({ length: 10 }, () => Math.floor(Math.random() * 10)).join('');
	await withDatabase(product.databaseUrl, (client) =>
		client.query(
			`with made as (
				insert into private.slip_batches (id, organisation_id, unit_id, service_point_id, number, moment, slips, made_on, expires_on)
				select gen_random_uuid(), organisation_id, unit_id, id,
					(select coalesce(max(number), 0) + 1 from private.slip_batches), 'receive', 1, current_date, current_date + 30
				from service_points where token = $1 returning id)
			insert into private.receipt_codes (hash, batch_id, is_spent) select private.code_hash($2), id, $3 from made`,
			[tokenOf(product), code, isSpent]
		)
	);
	return `${product.url}/m/${code}`;
}

export const codePages: PublicPage[] = [
	{ name: 'typing a code', route: '(citizen)/m', address: ({ url }) => `${url}/m` },
	{
		name: 'typing a code, refused',
		route: '(citizen)/m',
		address: ({ url }) => `${url}/m`,
		act: (at) => press(at, '.send')
	},
	{
		name: 'form of a code',
		route: '(citizen)/m/[code]',
		address: (product) => newCode(product, false)
	},
	{
		name: 'code used before',
		route: '(citizen)/m/[code]',
		address: (product) => newCode(product, true)
	},
	{
		name: 'no such code',
		route: '(citizen)/m/[code]',
		address: ({ url }) => `${url}/m/0000000000`
	}
];
