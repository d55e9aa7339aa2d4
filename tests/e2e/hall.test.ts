// The hall and the open data: a citizen sees a figure on the results page and recomputes it from what everybody may
// download; the television keeps its page while the network is away; the monthly sheet is one page of paper.

import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { parse } from 'csv-parse/sync';
import type { Browser } from 'playwright';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import {
	hashesPage,
	problemShape,
	publicationsPage,
	scoresPage
} from '../../src/lib/open-data/shapes.ts';
import { ROOT } from '../../supabase/local/migrations.ts';
import { launchBrowser } from '../support/chromium.ts';
import { openWindow, readQr, signIn } from '../support/staff.ts';

const product = inject('product');
const api = `${product.url}/api/v1`;
const get = (path: string, headers: Record<string, string> = {}) => fetch(api + path, { headers });
const jsonOf = async (path: string): Promise<unknown> => (await get(path)).json();
const vietnamese = (percent: number | null) => percent!.toFixed(1).replace('.', ',');

let browser: Browser;
let unit: string;
let period: string;

beforeAll(async () => {
	browser = await launchBrowser();
	const { items } = publicationsPage.parse(await jsonOf('/publications'));
	period = items.filter(({ kind }) => kind === 'quarter').at(-1)!.period;
	const { items: scores } = scoresPage.parse(
		await jsonOf(`/scores?period=${period}&measure=S0&formula=top2`)
	);
	unit = scores.find(
		(score) => score.state === 'shown' && score.unit_id !== score.organisation_id
	)!.unit_id;
	// The worker makes digests and the first day's hash soon after the start.
	for (const end = Date.now() + 60_000; Date.now() < end;) {
		if (hashesPage.parse(await jsonOf('/hashes')).days.length > 0) break;
		await new Promise((resolve) => setTimeout(resolve, 500));
	}
});
afterAll(() => browser.close());

describe('open data', () => {
	it('lets a citizen recompute a figure of the results page to the last digit', async () => {
		const { page, context } = await openWindow(browser, { scripts: false });
		await page.goto(`${product.url}/results/${unit}?period=${period}&lang=vi`);
		const { items } = scoresPage.parse(
			await jsonOf(`/scores?unit=${unit}&period=${period}&formula=top2`)
		);
		const rows = page.locator('tr[data-measure][data-state=shown]');
		expect(await rows.count()).toBeGreaterThan(2);
		for (const row of await rows.all()) {
			const subject = `measure:${await row.getAttribute('data-measure')}`;
			const score = items.find((one) => one.subject === subject)!;
			const text = await row.innerText();
			expect(text).toContain(`${vietnamese(score.value)}%`);
			expect(text).toContain(`${vietnamese(score.low)}–${vietnamese(score.high)}%`);
		}
		// A row of 10 to 29 persons has an interval on the page and no sum anywhere.
		for (const few of items.filter(({ state }) => state === 'interval')) {
			expect([few.value, few.sum, few.squares, few.n5]).toEqual([null, null, null, null]);
		}
		await context.close();

		const script = join(ROOT, 'static/check-open-data.mjs');
		for (const formula of ['top2', 'mean']) {
			const id = `${period}.1/${unit}/measure:S0/${formula}`;
			const { stdout } = await promisify(execFile)(process.execPath, [script, product.url, id]);
			expect(stdout).toContain('every digest is right');
			expect(stdout).toMatch(/[1-9]\d* daily hashes: the chain is right/);
			expect(stdout).toContain('The figure is right.');
		}
	});

	it('answers as its description says, page by page the same as in one file', async () => {
		const description = (await jsonOf('/openapi.json')) as { openapi: string };
		expect(description.openapi).toBe('3.1.0');
		const query = `/scores?period=${period}&revision=all`;
		const paged: string[] = [];
		for (let path: string | null = `${query}&limit=150`; path;) {
			const page: { items: { id: string }[]; next: string | null } = scoresPage.parse(
				await jsonOf(path)
			);
			paged.push(...page.items.map(({ id }) => id));
			path = page.next && page.next.replace('/api/v1', '');
		}
		const file = await get(query, { accept: 'text/csv' });
		expect(file.headers.get('content-type')).toContain('text/csv');
		const rows = parse<Record<string, string>>(await file.text(), { bom: true, columns: true });
		expect(rows.map(({ id }) => id)).toEqual(paged);
		expect(new Set(paged).size).toBe(paged.length);
		expect(paged.length).toBeGreaterThan(150);
	});

	it('holds what is published and nothing of the running periods that the demo shows', async () => {
		const home = await (await fetch(`${product.url}/results`)).text();
		const shown = [...home.matchAll(/<option value="(\d{4}-\w+)"/g)].map(([, code]) => code);
		const { items } = publicationsPage.parse(await jsonOf('/publications'));
		const published = new Set(items.map((one) => one.period));
		const running = shown.filter((code) => !published.has(code!));
		expect(running.length).toBeGreaterThan(0);
		for (const code of running) {
			expect(await jsonOf(`/scores?period=${code}`)).toEqual({ items: [], next: null });
		}
	});

	it('is cached, read from any site, and refuses plainly', async () => {
		const first = await get(`/scores?period=${period}`);
		expect(first.headers.get('access-control-allow-origin')).toBe('*');
		expect(first.headers.get('cache-control')).toContain('max-age');
		const etag = first.headers.get('etag')!;
		const again = await get(`/scores?period=${period}`, { 'if-none-match': etag });
		expect(again.status).toBe(304);
		expect(again.headers.get('etag')).toBe(etag);
		const csv = await get(`/scores?period=${period}&format=csv`);
		expect(csv.headers.get('etag')).not.toBe(etag);
		expect((await fetch(`${api}/scores`, { method: 'OPTIONS' })).status).toBe(204);

		const refusals: [string, number, string, Record<string, string>?][] = [
			['/scores?periode=2026-Q1', 422, 'unknown_parameter'],
			['/scores?period=2026-Q7', 422, 'impossible_period'],
			['/scores?measure=fact:P5', 422, 'unknown_measure'],
			['/scores?format=csv&limit=5', 422, 'unknown_parameter'],
			['/scores?unit=00000000-0000-4000-8000-000000000000', 404, 'unknown_unit'],
			[
				'/publications?organisation=00000000-0000-4000-8000-000000000000',
				404,
				'unknown_organisation'
			],
			['/hashes?day=1', 422, 'unknown_parameter'],
			['/scores', 406, 'not_acceptable', { accept: 'application/xml' }]
		];
		for (const [path, status, key, headers] of refusals) {
			const answer = await get(path, headers);
			expect([path, answer.status]).toEqual([path, status]);
			const { error, message } = problemShape.parse(await answer.json());
			expect(error).toBe(key);
			expect(message.length).toBeGreaterThan(10);
			expect(answer.headers.get('access-control-allow-origin')).toBe('*');
		}
	});
});

describe("the hall's television", () => {
	it.each([
		[1920, 1080],
		[1280, 720]
	])('fits a screen of %i × %i for every unit', async (width, height) => {
		const { page, context } = await openWindow(browser, { width, scripts: false });
		await page.setViewportSize({ width, height });
		const { items } = scoresPage.parse(await jsonOf(`/scores?period=${period}&formula=top2`));
		for (const id of new Set(items.map(({ unit_id }) => unit_id))) {
			await page.goto(`${product.url}/wall/${id}?lang=vi`);
			const sizes = await page.evaluate(() => {
				const box = (selector: string) => document.querySelector(selector)!.getBoundingClientRect();
				const foot = box('footer');
				return {
					scrolls: document.documentElement.scrollHeight > innerHeight,
					gap: foot.top - Math.max(box('.figures > :last-child').bottom, box('.code').bottom),
					below: foot.bottom - innerHeight
				};
			});
			expect(sizes.scrolls).toBe(false);
			expect(sizes.gap).toBeGreaterThanOrEqual(0);
			expect(sizes.below).toBeLessThanOrEqual(0);
		}
		await context.close();
	});

	it('has published figures, a code to the results, and keeps them while the network is away', async () => {
		const { page, context } = await openWindow(browser);
		const errors: string[] = [];
		page.on('pageerror', ({ message }) => errors.push(message));
		await page.clock.install();
		await page.goto(`${product.url}/wall/${unit}?lang=vi`);
		expect(await readQr(page, '.code svg')).toBe(`${product.url}/results/${unit}`);
		const headline = await page.locator('[data-headline]').innerText();
		expect(headline).toMatch(/^\d{1,3},\d%$/);

		await context.setOffline(true);
		await page.clock.runFor(5 * 60_000);
		await page.locator('[data-away]:not([hidden])').waitFor();
		expect(await page.locator('[data-away]').innerText()).toMatch(/trang tải lúc \d\d:\d\d/);
		expect(await page.locator('[data-headline]').innerText()).toBe(headline);

		await page.evaluate(() => document.querySelector('[data-headline]')!.replaceChildren('cũ'));
		await context.setOffline(false);
		await page.locator('[data-headline]', { hasText: headline }).waitFor();
		expect(await page.locator('[data-away]').isHidden()).toBe(true);
		expect(errors).toEqual([]);
		await context.close();
	});
});

describe('the monthly sheet', () => {
	it('is one page of A4 with published figures and notes, and links to the television', async () => {
		const { page, context } = await openWindow(browser);
		const { email, password } = product.accounts.find(({ role }) => role === 'leader')!;
		await signIn(page, product.url, { name: 'leader', email, password }, '/feedback/sheet');
		await page.waitForURL('**/feedback/sheet');
		await page.locator('article.sheet').waitFor();
		const text = await page.locator('article.sheet').innerText();
		expect(text).toContain('Ông/Bà góp ý – Chúng tôi đã làm');
		expect(text).toMatch(/Đã lắp màn hình báo thứ tự xe/);
		expect(text).toMatch(/\d{2},\d–\d{2,3},\d%/);
		const pdf = await page.pdf({ preferCSSPageSize: true });
		expect(pdf.toString('latin1').match(/\/Type \/Page\b(?!s)/g)).toHaveLength(1);
		expect(pdf.toString('latin1')).toMatch(/\/MediaBox \[0 0 59[45]\.\d+ 84[12]\.\d+\]/);
		const wall = page.getByRole('link', { name: /\/wall\// });
		expect(await wall.getAttribute('href')).toMatch(/\/wall\/[0-9a-f-]{36}\?lang=vi$/);

		// Whoever prints it reads the page in English; the sheet hangs on a wall in Vietnam.
		await page.goto(`${product.url}/feedback/sheet?lang=en`);
		expect(await page.locator('h1').innerText()).toContain('Monthly sheet');
		expect(await page.locator('article.sheet').innerText()).toBe(text);
		await context.close();
	});
});
