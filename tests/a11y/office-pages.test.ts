// axe over every page behind the sign-in, on a phone and a desk, by day and by night. No page is wider than its phone.

import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, BrowserContext, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { launchBrowser } from '../support/chromium.ts';
import { press } from '../support/staff.ts';
import { OFFICE_PAGES } from './office-pages.ts';

const product = inject('product');
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const SCREENS = [
	{ name: 'phone', viewport: { width: 360, height: 740 } },
	{ name: 'desk', viewport: { width: 1280, height: 900 } }
];

let browser: Browser;
const states = new Map<string, Awaited<ReturnType<BrowserContext['storageState']>>>();

beforeAll(async () => {
	browser = await launchBrowser();
	for (const role of new Set(OFFICE_PAGES.map((page) => page.role))) {
		const account = product.accounts.find((each) => each.role === role)!;
		const context = await browser.newContext({ locale: 'vi-VN' });
		const page = await context.newPage();
		await page.goto(`${product.url}/sign-in`);
		await page.fill('#email', account.email);
		await page.fill('#password', account.password);
		await press(page, 'Đăng nhập');
		states.set(role, await context.storageState());
		await context.close();
	}
});
afterAll(() => browser.close());

describe.each(OFFICE_PAGES)('$name', (listed) => {
	let context: BrowserContext;
	let page: Page;

	// Opened and brought into its state once; window and colours then change under it, as on a desk.
	beforeAll(async () => {
		context = await browser.newContext({
			...{ viewport: SCREENS[0]!.viewport, locale: 'vi-VN' },
			storageState: states.get(listed.role)!
		});
		page = await context.newPage();
		await listed.before?.(page, product);
		await page.goto(product.url + (await listed.path(product)));
		expect(new URL(page.url()).pathname).not.toMatch(/^\/sign-in/);
		await listed.act?.(page);
	});
	afterAll(() => context.close());

	for (const { name, viewport } of SCREENS) {
		for (const colorScheme of ['light', 'dark'] as const) {
			it(`has nothing for axe to find: ${name}, ${colorScheme}`, async () => {
				await page.setViewportSize(viewport);
				await page.emulateMedia({ colorScheme });
				const axe = new AxeBuilder({ page }).withTags(TAGS);
				const { violations } = await (listed.without ? axe.exclude(listed.without) : axe).analyze();
				const found = violations.flatMap(({ id, nodes }) =>
					nodes.map((node) => `${id}: ${node.html.slice(0, 200)} ${node.failureSummary ?? ''}`)
				);
				expect(found).toEqual([]);
				const width = await page.evaluate(() => document.documentElement.scrollWidth);
				expect(width).toBeLessThanOrEqual(viewport.width);
			});
		}
	}
});
