// A leader publishes a closed period and corrects it; what everybody reads changes by that and by nothing else.

import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { launchBrowser } from '../support/chromium.ts';
import { smallOrganisation, type SmallOrganisation } from '../support/small-organisation.ts';
import { openWindow, press, signIn } from '../support/staff.ts';

const product = inject('product');
let browser: Browser;
let house: SmallOrganisation;
let page: Page;
let period: string;

beforeAll(async () => {
	browser = await launchBrowser();
	house = await smallOrganisation(product, 'Cơ quan thử công bố', [75, 2]);
	({ page } = await openWindow(browser, { width: 360, scripts: false }));
});
afterAll(async () => {
	await browser.close();
	await house.close();
});

/** The public page of the organisation, read by somebody else. */
async function publicPage(query = ''): Promise<{ status: number; text: string; headline: string }> {
	const answer = await fetch(`${product.url}/results?organisation=${house.id}${query}`);
	const html = await answer.text();
	const text = html.replace(/<(script|style)[\s\S]*?<\/\1>/g, '').replace(/<[^>]*>/g, ' ');
	const headline = /data-headline[^>]*>([\d,]+)/.exec(html)?.[1] ?? '';
	return { status: answer.status, text: text.replace(/\s+/g, ' '), headline };
}
const rowOf = (code: string) => page.locator(`[data-period="${code}"]`);

describe('publishing', () => {
	it('says plainly that nothing is published', async () => {
		const { status, text, headline } = await publicPage();
		expect(status).toBe(200);
		expect(text).toContain('Cơ quan này chưa công bố kết quả nào.');
		expect(text).not.toContain('Số phiếu đã nhận');
		expect(headline).toBe('');
	});

	it('offers the leader what is closed, and not what runs', async () => {
		await signIn(page, product.url, house.leader, '/publish');
		expect(await page.locator('h1').innerText()).toBe('Công bố kết quả');
		const due = page.locator('[data-work="publish"]');
		expect(Number(await page.locator('[data-due]').getAttribute('data-due'))).toBe(
			await due.count()
		);
		const months = page.locator('[data-work="publish"][data-period*="-M"]');
		// The month of the first answers: the newest first, so it is the last.
		period = (await months.last().getAttribute('data-period'))!;
		expect(await page.locator('[data-work="wait"] a').count()).toBe(0);
	});

	it('publishes what the preview showed', async () => {
		await rowOf(period)
			.getByRole('link', { name: /^Xem trước và công bố/ })
			.click();
		await page.waitForURL(new RegExp(`/publish/${period}`));
		const previewed = await page.locator('[data-headline]').innerText();
		await press(page, 'Công bố');
		expect(await page.locator('.notice').innerText()).toMatch(/^Đã công bố Tháng/);
		expect(await rowOf(period).innerText()).toMatch(/Đã công bố ngày \d\d\/\d\d\/\d{4}/);
		const { headline, text } = await publicPage();
		expect(`${headline}%`).toBe(previewed.replace(/\s/g, ''));
		expect(text).toContain('Cơ quan công bố và chịu trách nhiệm: Cơ quan thử công bố.');
		expect(text).not.toContain('Lãnh đạo thử');
	});

	it('leads on to what hangs in the hall', async () => {
		const wall = await page.getByRole('link', { name: 'Mở màn hình ở sảnh' }).getAttribute('href');
		expect((await fetch(product.url + wall)).status).toBe(200);
		await page.getByRole('link', { name: 'In tờ tháng' }).click();
		await page.waitForURL(/\/feedback\/sheet/);
		expect(await page.locator('h1').innerText()).toContain('Cơ quan thử công bố');
		await page.goto(`${product.url}/publish`);
	});

	it('keeps what was published when figures change, and tells the leader', async () => {
		const { headline } = await publicPage();
		await house.leaveOut();
		expect((await publicPage()).headline).toBe(headline);
		await page.reload();
		expect(await rowOf(period).innerText()).toContain('Số liệu nay đã khác');
	});

	it('asks for a reason, and keeps the page as it was without one', async () => {
		await rowOf(period)
			.getByRole('link', { name: /^Xem trước bản sửa/ })
			.click();
		await page.waitForURL(new RegExp(`/publish/${period}`));
		expect(await page.locator('.answer').first().innerText()).toMatch(
			/So với lần 1: 12 số liệu khác/
		);
		await press(page, 'Công bố lần 2');
		expect(await page.locator('#reason-problem').innerText()).toBe('Hãy ghi lý do sửa.');
	});

	it('lets one of two leaders publish who looked at the same', async () => {
		const other = (await openWindow(browser)).page;
		await signIn(other, product.url, house.leader, `/publish/${period}`);
		await page.fill('#reason', 'Bỏ 8 phiếu trùng');
		await press(page, 'Công bố lần 2');
		await other.fill('#reason', 'Bỏ 8 phiếu trùng');
		await press(other, 'Công bố lần 2');
		expect(await other.locator('.summary').innerText()).toContain('đã thay đổi sau khi anh/chị mở');
		expect(await other.locator('.answer').first().innerText()).toContain('không có số liệu nào');
		await other.context().close();
	});

	it('shows both revisions, with the reason and what was changed', async () => {
		const now = await publicPage();
		expect(now.text).toMatch(/Công bố lần 2, ngày .* Lý do sửa: Bỏ 8 phiếu trùng/);
		expect(now.text).toContain('Lần 2 sửa gì so với lần 1');
		const first = await publicPage(`&period=${period}&revision=1`);
		expect(first.headline).not.toBe(now.headline);
		expect(first.text).toContain('Đây là lần công bố cũ');
		expect(now.text).toContain(`${first.headline}%`);
	});

	it('reads the nearest there is when the address names what is not, and says so', async () => {
		const { text: far } = await publicPage('&period=2031-Q1');
		expect(far).toContain('Kỳ Quý I năm 2031 chưa được công bố.');
		expect((await publicPage('&period=2026-Q9')).text).toContain('Địa chỉ ghi một kỳ không có.');
		expect((await publicPage(`&period=${period}&revision=7`)).text).toContain('Đang xem lần 2.');
	});

	it('shows the running period of the demo on the page of all units only', async () => {
		const html = await (await fetch(`${product.url}/results`)).text();
		const running = /<option value="([^"]+)"[^>]*>[^<]*Kỳ đang chạy/.exec(html)![1]!;
		const whole = await (await fetch(`${product.url}/results?period=${running}`)).text();
		expect(whole).toContain('Kỳ này chưa được công bố');
		const unit = /href="(\/results\/[0-9a-f-]{36})/.exec(whole)![1]!;
		const own = await (await fetch(`${product.url}${unit}?period=${running}`)).text();
		expect(own).toContain('Đang xem kỳ gần nhất đã công bố');
	});
});
