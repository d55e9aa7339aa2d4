// A leader takes a report home on a slow line: the page says how far it is, stops when told, says when it failed; and
// without script the link is an ordinary download of the same file.

import { readFile } from 'node:fs/promises';
import { unzipSync } from 'fflate';
import type { Browser, Download, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { launchBrowser } from '../support/chromium.ts';
import { openWindow, signIn } from '../support/staff.ts';

const product = inject('product');
const SECTION = 'Word: mục để dán vào báo cáo CCHC';
let browser: Browser;
let page: Page;

const leader = () => {
	const { email, password } = product.accounts.find(({ role }) => role === 'leader')!;
	return { name: 'leader', email, password };
};
const link = (of: Page) => of.getByRole('link', { name: SECTION });
const documentOf = async (download: Download) => {
	const file = await readFile(await download.path());
	return new TextDecoder().decode(unzipSync(new Uint8Array(file))['word/document.xml']);
};
/** As many bytes a second as the line carries. */
async function line(bytesPerSecond: number): Promise<void> {
	const session = await page.context().newCDPSession(page);
	await session.send('Network.emulateNetworkConditions', {
		...{ offline: false, latency: 50, uploadThroughput: -1 },
		downloadThroughput: bytesPerSecond
	});
}

beforeAll(async () => {
	browser = await launchBrowser();
	({ page } = await openWindow(browser));
	await signIn(page, product.url, leader(), '/compare?peers=gate');
	// The page has its script when it has drawn.
	await page.locator('canvas[data-drawn=true]').first().waitFor();
});
afterAll(() => browser.close());

describe('a report on a slow line', () => {
	it('says how far it is, and is saved', async () => {
		await line(8_000);
		await page.evaluate(() => {
			const seen: [number, number][] = [];
			Object.assign(window, { seen });
			new MutationObserver(() => {
				const bar = document.querySelector('progress');
				if (bar && bar.position >= 0) seen.push([bar.value, bar.max]);
			}).observe(document.body, { subtree: true, childList: true, attributes: true });
		});
		const [download] = await Promise.all([page.waitForEvent('download'), link(page).click()]);
		expect(download.suggestedFilename()).toMatch(/^muc-hai-long-\d{4}-.+\.docx$/);
		expect(await documentOf(download)).toContain('Phụ lục: Cách tính');
		await page.getByRole('status').filter({ hasText: 'Đã tải xong muc-hai-long' }).waitFor();
		const seen = await page.evaluate(() => Reflect.get(window, 'seen') as [number, number][]);
		const [last, of] = seen.at(-1)!;
		expect(last).toBe(of);
		expect(of).toBeGreaterThan(10);
		expect(seen.every(([value], at) => value >= (seen[at - 1]?.[0] ?? 0))).toBe(true);
		expect(await page.locator('progress').count()).toBe(0);
	});

	it('stops when told', async () => {
		await line(500);
		await link(page).click();
		await page.getByRole('progressbar', { name: `Đang tải: ${SECTION}` }).waitFor();
		let isSaved = false;
		page.once('download', () => (isSaved = true));
		await page.getByRole('button', { name: 'Dừng' }).click();
		await page.getByRole('status').filter({ hasText: 'Đã dừng' }).waitFor();
		expect(await page.locator('progress').count()).toBe(0);
		expect(isSaved).toBe(false);
		await line(-1);
	});

	it('says that it failed, with a link that needs no script', async () => {
		await page.route('**/compare/section.docx*', (route) => route.abort());
		await link(page).click();
		const told = page.getByRole('status').filter({ hasText: 'Chưa tải được tệp' });
		await told.waitFor();
		await page.unroute('**/compare/section.docx*');
		const again = told.getByRole('link', { name: 'Tải lại' });
		const [download] = await Promise.all([page.waitForEvent('download'), again.click()]);
		expect(await documentOf(download)).toContain('Phụ lục: Cách tính');
	});
});

it('without script the link is an ordinary download', async () => {
	const { context, page: plain } = await openWindow(browser, { scripts: false });
	await signIn(plain, product.url, leader(), '/compare?peers=gate');
	const [download] = await Promise.all([plain.waitForEvent('download'), link(plain).click()]);
	expect(download.suggestedFilename()).toMatch(/^muc-hai-long-\d{4}-.+\.docx$/);
	expect(await documentOf(download)).toContain('Phụ lục: Cách tính');
	await context.close();
});
