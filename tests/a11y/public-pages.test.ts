// axe over every public page.

import { globSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { ROOT } from '../../supabase/local/migrations.ts';
import { launchBrowser } from '../support/chromium.ts';
import { lookAtEveryScreen, ON_PHONE } from './axe.ts';
import { OFFICE_PAGES, OTHER_SERVER } from './office-pages.ts';
import { PUBLIC_PAGES } from './public-pages.ts';

const product = inject('product');

let browser: Browser;
beforeAll(async () => {
	browser = await launchBrowser();
});
afterAll(() => browser.close());

it('every page of the route folder is on the list', () => {
	const folder = join(ROOT, 'src/routes');
	const routes = globSync('**/+page{,@*}.svelte', { cwd: folder }).map((file) => dirname(file));
	const listed = [...PUBLIC_PAGES, ...OFFICE_PAGES].map((page) => page.route).filter(Boolean);
	expect([...new Set([...listed, ...OTHER_SERVER])].sort()).toEqual(routes.sort());
});

describe.each(PUBLIC_PAGES)('$name', (listed) => {
	let context: BrowserContext;
	let page: Page;

	beforeAll(async () => {
		context = await browser.newContext(ON_PHONE);
		page = await context.newPage();
		await page.goto(await listed.address(product));
		await listed.act?.(page);
	});
	afterAll(() => context.close());

	lookAtEveryScreen(() => page);
});
