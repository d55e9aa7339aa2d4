// axe over every page behind the sign-in.

import type { Browser, BrowserContext, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, inject } from 'vitest';
import { launchBrowser } from '../support/chromium.ts';
import { press } from '../support/staff.ts';
import { lookAtEveryScreen, ON_PHONE } from './axe.ts';
import { OFFICE_PAGES } from './office-pages.ts';

const product = inject('product');

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

	beforeAll(async () => {
		context = await browser.newContext({
			...ON_PHONE,
			storageState: states.get(listed.role)!
		});
		page = await context.newPage();
		await listed.before?.(page, product);
		await page.goto(product.url + (await listed.path(product)));
		expect(new URL(page.url()).pathname).not.toMatch(/^\/sign-in/);
		await listed.act?.(page);
	});
	afterAll(() => context.close());

	lookAtEveryScreen(() => page, listed.without);
});
