// The leader explains a figure that fell: what is typed is kept when it is refused, every version stays, and an edit
// that began before another one is not lost.

import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { launchBrowser } from '../support/chromium.ts';
import { heading, openWindow, press, signIn } from '../support/staff.ts';

const product = inject('product');
let browser: Browser;
let page: Page;
/** Path of the form for the first fall of the demo, and of the list that holds it. */
let explain: string;
let list: string;

const open = async (role: string) => {
	const { page: opened } = await openWindow(browser, { scripts: false });
	const { email, password } = product.accounts.find((each) => each.role === role)!;
	await signIn(opened, product.url, { name: role, email, password }, '/reports');
	return opened;
};
const go = (path: string) => page.goto(product.url + path);
/** The fall in the list, with all that is written about it. */
const fall = () => page.locator('.falls li', { has: page.locator(`a[href="${explain}"]`) });

beforeAll(async () => {
	browser = await launchBrowser();
	page = await open('leader');
	const periods = await page
		.locator('#period option')
		.evaluateAll((options) => options.map((option) => (option as HTMLOptionElement).value));
	for (const period of periods) {
		list = `/reports?period=${period}`;
		await go(list);
		const links = page.getByRole('link', { name: /^Viết giải trình/ });
		if ((await links.count()) > 0) {
			explain = (await links.first().getAttribute('href'))!;
			return;
		}
	}
	throw new Error('no period of the demo has a fall');
});
afterAll(() => browser.close());

it('a fall waits for an explanation that must say something', async () => {
	await go(list);
	expect(await fall().innerText()).toContain('Chờ giải trình');
	await go(explain);
	expect(await heading(page)).toMatch(/^Giải trình: /);
	await page.fill('#text', '   ');
	await press(page, 'Lưu giải trình');
	expect(await page.locator('#text-problem').innerText()).toBe('Viết từ 1 đến 2.000 ký tự.');
});

it('it is written, changed, and both versions stay', async () => {
	const told = ['Thiếu người vào tuần cao điểm; đã bố trí thêm một quầy.', 'Đã thêm hai quầy.'];
	for (const text of told) {
		await go(explain);
		await page.fill('#text', text);
		await press(page, 'Lưu giải trình');
		expect(await page.locator('.notice').innerText()).toContain('Đã lưu giải trình');
	}
	await go(list);
	expect(await fall().locator('blockquote').first().innerText()).toContain(told[1]);
	await fall().getByText('Các lần viết trước (1)').click();
	expect(await fall().locator('details').innerText()).toContain(told[0]);
});

it('an edit that began before another one is shown beside it', async () => {
	await go(explain);
	const other = await page.context().newPage();
	await other.goto(product.url + explain);
	await other.fill('#text', 'Người khác đã viết.');
	await press(other, 'Lưu giải trình');
	await page.fill('#text', 'Tôi viết chậm hơn.');
	await press(page, 'Lưu giải trình');
	expect(await page.locator('main').innerText()).toContain('Người khác đã viết.');
	expect(await page.inputValue('#text')).toBe('Tôi viết chậm hơn.');
	await press(page, 'Lưu giải trình');
	await go(list);
	expect(await fall().locator('blockquote').first().innerText()).toContain('Tôi viết chậm hơn.');
});

it('an analyst reads it and does not write it', async () => {
	const analyst = await open('analyst');
	await analyst.goto(product.url + explain);
	expect(await analyst.locator('#text').count()).toBe(0);
});
