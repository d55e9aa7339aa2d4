// Every page that anybody may open without signing in, as one list: axe reads each, and a test compares the list
// with the route folder, so that a new page cannot be forgotten.

import type { Page } from 'playwright';
import { formAddress, type FormKind } from '../support/forms.ts';
import { follow } from '../support/next-page.ts';
import type { Product } from '../support/product.ts';
import { ACCOUNT_PAGES } from './account-pages.ts';
import { codePages } from './areas/print.ts';

export interface PublicPage {
	name: string;
	/** Folder under src/routes that renders it, groups included. */
	route: string;
	address(product: Product): Promise<string> | string;
	/** What to do on the page before it is looked at. */
	act?(page: Page): Promise<void>;
}

const SURVEY = '(citizen)/s/[token=token]';
const form = (kind: FormKind) => (product: Product) => formAddress(product, kind);
const send = async (page: Page) => {
	await follow(page.locator('.send'));
};

async function firstLink(product: Product, path: string, link: RegExp): Promise<string> {
	const found = link.exec(await (await fetch(product.url + path)).text())?.[0];
	if (!found) throw new Error(`${path} has no link like ${link}`);
	return product.url + found.replaceAll('&amp;', '&');
}

export const PUBLIC_PAGES: PublicPage[] = [
	{ name: 'quick form', route: SURVEY, address: form('quick') },
	{ name: 'gate form', route: SURVEY, address: form('gate') },
	{ name: 'form of nine items', route: SURVEY, address: form('nine') },
	{
		name: 'form of sixteen items, all open',
		route: SURVEY,
		address: form('sixteen'),
		act: async (page) => {
			await page.locator('#EG-2').check();
			if (await page.locator('#M0-2').count()) await page.locator('#M0-2').check();
		}
	},
	{ name: 'form returned with a fault', route: SURVEY, address: form('quick'), act: send },
	{
		name: 'thank-you',
		route: SURVEY,
		address: form('quick'),
		act: async (page) => {
			await page.locator('#S0-4').check();
			await send(page);
		}
	},
	{ name: 'no such form', route: SURVEY, address: ({ url }) => `${url}/s/00000000000` },
	{ name: 'privacy', route: '(citizen)/privacy', address: ({ url }) => `${url}/privacy` },
	{ name: 'home', route: '(public)', address: ({ url }) => `${url}/` },
	{ name: 'results', route: '(public)/results', address: ({ url }) => `${url}/results` },
	{
		name: 'results of a unit',
		route: '(public)/results/[unit=uuid]',
		address: (product) => firstLink(product, '/results', /\/results\/[0-9a-f-]{36}[^"]*/)
	},
	{
		name: 'poster',
		route: '(office)/posters/[point=token]',
		address: ({ url, servicePoints }) => `${url}/posters/${servicePoints[0]!.url.split('/').at(-1)}`
	},
	{ name: 'open data', route: '(public)/open-data', address: ({ url }) => `${url}/open-data` },
	{
		name: "the hall's television",
		route: '(public)/wall/[unit=uuid]',
		address: async (product) =>
			(await firstLink(product, '/results', /\/results\/[0-9a-f-]{36}/)).replace(
				'/results/',
				'/wall/'
			)
	},
	...codePages,
	...ACCOUNT_PAGES,
	{ name: 'no such page', route: '', address: ({ url }) => `${url}/no-such-page` }
];
