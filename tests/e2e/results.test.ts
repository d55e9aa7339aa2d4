// The results as citizens read them: with and without a script, by address, and nothing of what is hidden.

import type { Browser } from 'playwright';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { launchBrowser } from '../support/chromium.ts';
import { follow } from '../support/next-page.ts';

const product = inject('product');
const RESULTS = `${product.url}/results`;

let browser: Browser;
beforeAll(async () => {
	browser = await launchBrowser();
});
afterAll(() => browser.close());

const html = async (path: string) => (await fetch(`${product.url}${path}`)).text();

/** Every listed period of the demo. */
async function periods(): Promise<string[]> {
	const found = (await html('/results')).matchAll(/<option value="([^"]+)"/g);
	return [...found].map(([, code]) => code!);
}

/** Addresses of all units that the results link to. */
async function unitPaths(period: string): Promise<string[]> {
	const links = (await html(`/results?period=${period}`)).matchAll(
		/href="(\/results\/[0-9a-f-]{36})/g
	);
	return [...new Set([...links].map(([, path]) => path!))];
}

describe('the results page without JavaScript', () => {
	it('has every figure of the chart in a table, and no empty place for a chart', async () => {
		const context = await browser.newContext({ javaScriptEnabled: false, locale: 'vi-VN' });
		const page = await context.newPage();
		await page.goto(RESULTS);
		expect(await page.locator('h1').innerText()).toBe('Mức độ hài lòng tại nơi phục vụ');
		const rows = page.locator('table[data-bars] tbody tr');
		expect(await rows.count()).toBeGreaterThan(2);
		for (const row of await rows.filter({ hasText: '%' }).all()) {
			expect(await row.innerText()).toMatch(/\d+,\d–\d+,\d%/);
		}
		expect(await page.locator('canvas').isVisible()).toBe(false);
		expect(await page.getByText('Dữ liệu minh họa').first().isVisible()).toBe(true);
		await context.close();
	});

	it('lets the reader choose a period, and keeps it in the address', async () => {
		const context = await browser.newContext({ javaScriptEnabled: false, locale: 'vi-VN' });
		const page = await context.newPage();
		await page.goto(RESULTS);
		const codes = await periods();
		const other = codes.find((code) => code.includes('-M'))!;
		await page.locator('select[name=period]').selectOption(other);
		await follow(page.getByRole('button', { name: 'Xem' }));
		expect(new URL(page.url()).searchParams.get('period')).toBe(other);
		expect(await page.locator('select[name=period]').inputValue()).toBe(other);
		await context.close();
	});
});

describe('the results page in a browser', () => {
	it('paints the chart with bars and whiskers', async () => {
		const page = await browser.newPage({ locale: 'vi-VN' });
		const errors: string[] = [];
		page.on('pageerror', (error) => errors.push(String(error)));
		page.on('console', (message) => {
			if (message.type() === 'error') errors.push(message.text());
		});
		await page.goto(RESULTS);
		const canvas = page.locator('canvas[data-drawn]');
		await canvas.waitFor();
		const colours = await canvas.evaluate((element: HTMLCanvasElement) => {
			const context = element.getContext('2d')!;
			const { data } = context.getImageData(0, 0, element.width, element.height);
			const counts = new Map<string, number>();
			for (let at = 0; at < data.length; at += 4) {
				if (data[at + 3]! < 250) continue;
				const colour = [data[at], data[at + 1], data[at + 2]].join();
				counts.set(colour, (counts.get(colour) ?? 0) + 1);
			}
			return Object.fromEntries(counts);
		});
		// The bar and the ink of whiskers and dots, as look.md gives them for light.
		expect(colours['205,213,226']).toBeGreaterThan(1000);
		expect(colours['23,33,43']).toBeGreaterThan(100);
		expect(errors).toEqual([]);
		await page.close();
	});

	it('steps to the period before and back by its links', async () => {
		const page = await browser.newPage({ locale: 'vi-VN' });
		await page.goto(RESULTS);
		const here = await page.locator('select[name=period]').inputValue();
		await page.getByRole('link', { name: /^Kỳ trước/ }).click();
		await page.waitForURL(/period=/);
		const before = await page.locator('select[name=period]').inputValue();
		expect(before).not.toBe(here);
		await page.getByRole('link', { name: /^Kỳ sau/ }).click();
		await page.waitForURL(new RegExp(`period=${here}`));
		await page.close();
	});

	it('speaks the language of the address, and carries it along', async () => {
		const page = await browser.newPage({ locale: 'vi-VN' });
		await page.goto(`${RESULTS}?lang=zh`);
		expect(await page.locator('html').getAttribute('lang')).toBe('zh-Hans');
		await page.locator('table[data-bars] tbody a').first().click();
		await page.waitForURL(/lang=zh/);
		expect(await page.locator('table[data-levels], main').first().innerText()).toContain('SIPAS');
		await page.close();
	});
});

describe('what is hidden', () => {
	it('carries no figure in the page nor in its data, in any period', async () => {
		let hidden = 0;
		for (const period of await periods()) {
			const page = await html(`/results?period=${period}`);
			for (const [row] of page.matchAll(/<(t[dr])[^>]*data-state="hidden".*?<\/\1>/gs)) {
				hidden++;
				const words = row
					.replace(/<a .*?<\/a>/gs, '')
					.replace(/<[^>]*>/g, ' ')
					.replace('ít nhất 10', '');
				expect(words).not.toMatch(/\d/);
			}
			const data = await html(`/results/__data.json?period=${period}`);
			expect(data).not.toMatch(/squares|top2_sum|mean_sum/);
			for (const keys of hiddenShapes(data)) expect(keys).toEqual(['longerPeriod', 'state']);
		}
		expect(hidden).toBeGreaterThan(0);
	});

	it('of a unit page carries no level and no number of people', async () => {
		const codes = await periods();
		let checked = 0;
		for (const period of codes.filter((code) => code.includes('-M')).slice(0, 3)) {
			for (const path of await unitPaths(period)) {
				const data = await html(`${path}/__data.json?period=${period}`);
				for (const keys of hiddenShapes(data)) {
					checked++;
					expect(keys).toEqual(['longerPeriod', 'state']);
				}
			}
		}
		expect(checked).toBeGreaterThan(0);
	});
});

/** The keys of every object in a page's data whose state is "hidden" (Kit's flattened form). */
function hiddenShapes(text: string): string[][] {
	const { nodes } = JSON.parse(text) as { nodes: ({ data?: unknown[] } | null)[] };
	return nodes.flatMap((node) => {
		const values = node?.data ?? [];
		return values.flatMap((value) => {
			if (typeof value !== 'object' || value === null || !('state' in value)) return [];
			return values[value.state as number] === 'hidden' ? [Object.keys(value).sort()] : [];
		});
	});
}

describe('a wrong address of results', () => {
	it.each(['period=2026-Q9', 'period=1999-Q1', 'period=2050-Y', 'revision=0', 'revision=99'])(
		'%s falls back to the nearest there is and says so',
		async (query) => {
			const answer = await fetch(`${RESULTS}?${query}`);
			expect(answer.status).toBe(200);
			expect(await answer.text()).toMatch(/data-fallback[^>]*>[^<]*Đang xem/);
		}
	);

	it.each([
		['/results?organisation=nobody', 404],
		['/results?organisation=00000000-0000-4000-8000-000000000000', 404],
		['/results/00000000-0000-4000-8000-000000000000', 404],
		['/results/not-a-unit', 404]
	])('%s is answered with %i', async (path, status) => {
		const answer = await fetch(`${product.url}${path}`);
		expect(answer.status).toBe(status);
		expect(answer.headers.get('content-type')).toContain('text/html');
	});

	it('falls back to the usual formula when the formula is none', async () => {
		expect((await fetch(`${RESULTS}?formula=%3Cscript%3E`)).status).toBe(200);
	});
});
