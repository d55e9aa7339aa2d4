// A citizen answers, with a browser that runs no script: what is tapped, what is stored, what is said back.

import pg from 'pg';
import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { launchBrowser } from '../support/chromium.ts';
import { formAddress } from '../support/forms.ts';
import { follow } from '../support/next-page.ts';

const product = inject('product');
const database = new pg.Client({ connectionString: product.databaseUrl });
let browser: Browser;

beforeAll(async () => {
	browser = await launchBrowser();
	await database.connect();
});
afterAll(async () => {
	await browser.close();
	await database.end();
});

interface Phone {
	locale?: string;
	width?: number;
}

/** A page on a phone without JavaScript, closed at the end. */
async function onPhone(use: (page: Page) => Promise<void>, { locale, width }: Phone = {}) {
	const context = await browser.newContext({
		javaScriptEnabled: false,
		locale: locale ?? 'vi-VN',
		viewport: { width: width ?? 360, height: 740 },
		hasTouch: true
	});
	try {
		await use(await context.newPage());
	} finally {
		await context.close();
	}
}

const send = (page: Page) => follow(page.locator('.send'));
const heading = (page: Page) => page.locator('h1').innerText();

interface Stored {
	ratings: (number | null)[];
	facts: unknown;
	moment: string | null;
	language: string;
	pressed_by: string | null;
	body: string | null;
}

/** What was stored for a comment that only this test writes. */
async function stored(comment: string): Promise<Stored[]> {
	const { rows } = await database.query<Stored>(
		`select r.ratings, r.facts, s.moment, s.language, s.pressed_by, c.body
		from public.response_comments c join public.responses r on r.id = c.response_id
		join private.strata s on s.id = r.stratum_id where c.body = $1`,
		[comment]
	);
	return rows;
}

const unique = (name: string) => `Kiểm thử ${name} ${crypto.randomUUID()}`;

describe('the quick form', () => {
	it('is answered by touch, stored once, thanked, and kindly refused on reload', async () => {
		const comment = unique('phiếu nhanh');
		const url = await formAddress(product, 'quick', 'name="D0" value="0"');
		await onPhone(async (page) => {
			await page.goto(url);
			await page.locator('#S0-4').tap();
			await page.locator('#B0-3').tap();
			await page.locator('#C0-5').tap();
			await page.locator('#D0-0').tap();
			await page.locator('#H1-1').tap();
			await page.locator('#comment').fill(comment);
			for (const id of ['S0-4', 'B0-3', 'C0-5', 'D0-0']) {
				expect(await page.locator(`#${id}`).isChecked(), id).toBe(true);
			}
			await send(page);
			expect(page.url()).toBe(url);
			expect(await heading(page)).toBe('Cảm ơn Ông/Bà!');
			expect(await page.getByText('Ý kiến đã được ghi nhận.').isVisible()).toBe(true);

			await page.reload();
			expect(await heading(page)).toBe('Cảm ơn Ông/Bà!');
			expect(await page.getByText('Phiếu này đã được ghi nhận trước đó rồi.').isVisible()).toBe(
				true
			);
		});
		const rows = await stored(comment);
		expect(rows).toHaveLength(1);
		expect(rows[0]).toMatchObject({
			ratings: [4, 3, 5, 0, null],
			language: 'vi',
			pressed_by: 'self'
		});
	});

	it('shows the chosen word under compact rows, the end words before', async () => {
		await onPhone(async (page) => {
			await page.goto(await formAddress(product, 'quick'));
			const row = page.locator('fieldset', { has: page.locator('#C0-2') });
			expect(await row.locator('.ends').isVisible()).toBe(true);
			await page.locator('#C0-2').tap();
			expect(await row.locator('.ends').isVisible()).toBe(false);
			expect(await row.locator('.said:visible').innerText()).toBe('Ông/Bà chọn: Không hài lòng');
		});
	});

	it('keeps what was typed when the language changes, and stores the language it ended in', async () => {
		const comment = unique('ngôn ngữ');
		await onPhone(async (page) => {
			await page.goto(await formAddress(product, 'quick'));
			await page.locator('#S0-2').tap();
			await page.locator('#comment').fill(comment);
			await follow(page.getByRole('button', { name: '中文' }));
			expect(await page.locator('html').getAttribute('lang')).toBe('zh-Hans');
			expect(await page.locator('#S0-2').isChecked()).toBe(true);
			expect(await page.locator('#comment').inputValue()).toBe(comment);
			await follow(page.getByRole('button', { name: 'English' }));
			expect(await page.locator('#S0-2').isChecked()).toBe(true);
			await send(page);
			expect(await heading(page)).toBe('Thank you.');
			await follow(page.getByRole('button', { name: '中文' }));
			expect(await heading(page)).toBe('谢谢您！');
		});
		expect(await stored(comment)).toMatchObject([
			{ ratings: [2, null, null, null, null], language: 'en' }
		]);
	});

	it('opens in the language of the browser; as a first choice the switch is a plain new page', async () => {
		const url = await formAddress(product, 'gate');
		await onPhone(
			async (page) => {
				await page.goto(url);
				expect(await page.locator('html').getAttribute('lang')).toBe('zh-Hans');
				expect(await page.locator('legend').first().innerText()).toBe(
					'总的来说，您对这次服务满意吗？'
				);
				expect(await page.getByText('申报、证件和费用').isVisible()).toBe(true);
				await follow(page.getByRole('button', { name: 'Tiếng Việt' }));
				expect(page.url()).toBe(`${url}?lang=vi`);
				expect(await page.getByText('Khai báo, giấy tờ và phí phải nộp').isVisible()).toBe(true);
			},
			{ locale: 'zh-CN' }
		);
	});
});

describe('an item form', () => {
	it('opens results and complaints only for whom they concern', async () => {
		const comment = unique('phiếu dài');
		const url = await formAddress(product, 'nine', 'name="M0"');
		await onPhone(async (page) => {
			await page.goto(url);
			const isOpen = (id: string) => page.locator(`label[for=${id}]`).isVisible();
			expect([await isOpen('D1-1'), await isOpen('E3-1')]).toEqual([false, false]);
			await page.locator('#M0-2').tap();
			await page.locator('#EG-2').tap();
			expect([await isOpen('D1-1'), await isOpen('E3-1')]).toEqual([true, true]);
			await page.locator('#D1-5').tap();
			await page.locator('#E3-2').tap();
			await page.locator('#M0-1').tap();
			await page.locator('#EG-1').tap();
			expect([await isOpen('D1-1'), await isOpen('E3-1')]).toEqual([false, false]);
			await page.locator('#B3-0').tap();
			await page.locator('#S0-4').tap();
			await page.locator('#comment').fill(comment);
			await send(page);
			expect(await heading(page)).toBe('Cảm ơn Ông/Bà!');
		});
		expect(await stored(comment)).toMatchObject([
			{ ratings: [null, null, 0, null, null, 0, 0, null, 0, 4], moment: 'receive' }
		]);
	});

	it('fits a screen of 320 px and enlarged text without scrolling sideways', async () => {
		for (const kind of ['quick', 'nine', 'sixteen'] as const) {
			const url = await formAddress(product, kind);
			for (const width of [320, 180]) {
				await onPhone(
					async (page) => {
						await page.goto(url);
						const wide = await page.evaluate('document.documentElement.scrollWidth');
						expect(wide, `${kind} at ${width}`).toBe(width);
					},
					{ width }
				);
			}
		}
	});
});

describe('by keyboard alone', () => {
	it('a form is filled and sent; Enter sends, it does not switch the language', async () => {
		const url = await formAddress(product, 'quick');
		await onPhone(async (page) => {
			await page.goto(url);
			await page.locator('#S0-1').focus();
			await page.keyboard.press('Space');
			await page.keyboard.press('ArrowDown');
			expect(await page.locator('#S0-2').isChecked()).toBe(true);
			const ring = await page
				.locator('#S0-2 + label')
				.evaluate((label) => getComputedStyle(label).outlineStyle);
			expect(ring).toBe('solid');
			// The key returns before the page is left: the next page is waited for, not a state of the old one.
			await Promise.all([page.waitForEvent('domcontentloaded'), page.keyboard.press('Enter')]);
			expect(await heading(page)).toBe('Cảm ơn Ông/Bà!');
		});
	});
});

describe('people who open the same form', () => {
	it('get the same page but for a ticket of their own, each in their language', async () => {
		const url = await formAddress(product, 'quick');
		const open = async (language: string) => {
			const page = await (await fetch(url, { headers: { 'accept-language': language } })).text();
			const ticket = /name="ticket" value="([^"]+)"/.exec(page)![1]!;
			return { ticket, page: page.replace(ticket, '') };
		};
		const pages = [await open('vi'), await open('vi'), await open('zh'), await open('vi')];
		expect(new Set(pages.map(({ ticket }) => ticket)).size).toBe(4);
		expect(pages[1]!.page).toBe(pages[0]!.page);
		expect(pages[3]!.page).toBe(pages[0]!.page);
		expect(pages[2]!.page).toContain('lang="zh-Hans"');
	});
});

describe('a token typed by hand', () => {
	it('leads to its form in lower case and with letters that look like digits', async () => {
		const url = await formAddress(product, 'quick');
		const token = url.split('/').at(-1)!;
		const typed = token.toLowerCase().replaceAll('0', 'o').replaceAll('1', 'l');
		const answer = await fetch(`${product.url}/s/${typed}?lang=en`, { redirect: 'manual' });
		expect(answer.status).toBe(308);
		expect(answer.headers.get('location')).toBe(`/s/${token}?lang=en`);
	});
});
