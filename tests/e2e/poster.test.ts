// A printed poster is scanned, the form answered, and the number of answers received goes up by one.

import jsQR from 'jsqr';
import type { Browser } from 'playwright';
import { PNG } from 'pngjs';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { launchBrowser } from '../support/chromium.ts';

const product = inject('product');
const posterOf = (formUrl: string) => formUrl.replace('/s/', '/posters/');
const MM = 96 / 25.4;

let browser: Browser;
beforeAll(async () => {
	browser = await launchBrowser();
});
afterAll(() => browser.close());

/** What a phone's camera reads on a picture; undefined when it finds no code. */
function scan(picture: Buffer): string | undefined {
	const { data, width, height } = PNG.sync.read(picture);
	return jsQR(new Uint8ClampedArray(data), width, height)?.data;
}

async function received(): Promise<number> {
	const html = await (await fetch(`${product.url}/results`)).text();
	return Number(/data-received="(\d+)"/.exec(html)?.[1]);
}

describe('a poster', () => {
	it('is scanned with a phone, answered, and the number of answers received goes up by one', async () => {
		const before = await received();
		expect(before).toBeGreaterThan(0);
		const office = await browser.newPage({ viewport: { width: 900, height: 1250 } });
		await office.goto(posterOf(product.servicePoints[0]!.url));
		const address = scan(await office.screenshot());
		expect(address).toMatch(/^http:\/\/[\w.:]+\/s\/[0-9A-HJKMNP-TV-Z]{11}$/);
		expect(await office.locator('[data-address]').innerText()).toBe(
			address!.slice('http://'.length)
		);
		await office.close();

		const phone = await browser.newPage({ viewport: { width: 360, height: 740 }, isMobile: true });
		await phone.goto(`${address}?lang=vi`);
		await phone.locator('input[name="S0"][value="5"]').check({ force: true });
		await phone.getByRole('button', { name: 'Gửi ý kiến' }).click();
		await phone.getByText('Ý kiến đã được ghi nhận.').waitFor();
		await phone.close();
		expect(await received()).toBe(before + 1);
	});

	it('of every service point fits on exactly one A4 page', async () => {
		const page = await browser.newPage();
		for (const { url } of product.servicePoints) {
			await page.goto(posterOf(url));
			const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
			expect(pdf.match(/\/Type\s*\/Page\b/g), url).toHaveLength(1);
			const [, width, height] = /\/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)/.exec(pdf) ?? [];
			expect(Number(width)).toBeCloseTo(595, 0);
			expect(Number(height)).toBeCloseTo(842, 0);
			const spill = await page.locator('.sheet').evaluate((sheet) => {
				return Math.max(
					sheet.scrollHeight - sheet.clientHeight,
					sheet.scrollWidth - sheet.clientWidth
				);
			});
			expect(spill, url).toBeLessThanOrEqual(0);
		}
		await page.close();
	});

	it('shows its code at 82 mm with nothing near it, and no button on paper', async () => {
		const page = await browser.newPage();
		await page.emulateMedia({ media: 'print' });
		await page.goto(posterOf(product.servicePoints[0]!.url));
		const code = page.locator('.scan svg[role=img]');
		const whole = (await code.boundingBox())!;
		const view = (await code.getAttribute('viewBox'))!.split(' ').map(Number);
		const modules = view[2]!;
		expect((whole.width * (modules - 8)) / modules / MM).toBeCloseTo(82, 0);
		const margin = (4 * whole.width) / modules;
		const inside = await page.locator('.sheet :is(p, h1, h2, li)').evaluateAll(
			(texts, box) =>
				texts.filter((text) => {
					const range = document.createRange();
					range.selectNodeContents(text);
					return [...range.getClientRects()].some(
						(r) =>
							r.right > box.x + 1 &&
							r.left < box.x + box.width - 1 &&
							r.bottom > box.y + 1 &&
							r.top < box.y + box.height - 1
					);
				}).length,
			whole
		);
		expect(inside).toBe(0);
		expect(margin / MM).toBeGreaterThan(8);
		expect(await page.getByRole('button').count()).toBe(0);
		await page.close();
	});

	it('offers the same code as PNG and SVG', async () => {
		const { url } = product.servicePoints[0]!;
		const png = await fetch(`${posterOf(url)}/qr.png`);
		expect(png.headers.get('content-type')).toBe('image/png');
		const address = scan(Buffer.from(await png.arrayBuffer()));
		expect(address).toMatch(/\/s\/[0-9A-Z]{11}$/);
		const svg = await (await fetch(`${posterOf(url)}/qr.svg`)).text();
		const page = await browser.newPage({ viewport: { width: 600, height: 600 } });
		await page.setContent(`<body style="margin:0;width:600px">${svg}</body>`);
		expect(scan(await page.screenshot())).toBe(address);
		await page.close();
	});

	it('of a token that nobody has is not found', async () => {
		for (const token of ['00000000000', 'not-a-token', 'x'.repeat(60)]) {
			expect((await fetch(`${product.url}/posters/${token}`)).status).toBe(404);
			expect((await fetch(`${product.url}/posters/${token}/qr.svg`)).status).toBe(404);
		}
	});
});
