// What a first visit costs on a slow network, and that a browser of 2019 understands what it gets.

import { request } from 'node:http';
import type { Browser } from 'playwright';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { launchBrowser } from '../support/chromium.ts';

const product = inject('product');
const MAX_BYTES = 14_000;
let browser: Browser;
beforeAll(async () => {
	browser = await launchBrowser();
});
afterAll(() => browser.close());

const addresses = product.servicePoints.map(({ url }) => product.url + new URL(url).pathname);

/** Bytes over the wire of everything a first visit loads, and the hosts it came from. */
async function firstVisit(url: string, locale: string) {
	const context = await browser.newContext({ locale });
	const page = await context.newPage();
	const session = await context.newCDPSession(page);
	await session.send('Network.enable');
	let bytes = 0;
	const hosts = new Set<string>();
	session.on('Network.loadingFinished', ({ encodedDataLength }) => (bytes += encodedDataLength));
	page.on('request', (request) => hosts.add(new URL(request.url()).host));
	await page.goto(url);
	// What a page asks for late (an icon) still counts.
	await page.waitForTimeout(100);
	await context.close();
	return { bytes, hosts: [...hosts].filter(Boolean) };
}

describe('the first visit of a citizen', () => {
	it('costs at most 14 KB with everything it loads, from our host alone', async () => {
		let largest = 0;
		for (const url of addresses) {
			for (const locale of ['vi-VN', 'zh-CN', 'en-GB']) {
				const { bytes, hosts } = await firstVisit(url, locale);
				largest = Math.max(largest, bytes);
				expect(bytes).toBeGreaterThan(2_000);
				expect(bytes).toBeLessThanOrEqual(MAX_BYTES);
				expect(hosts).toEqual([new URL(product.url).host]);
			}
		}
		console.log(`The heaviest first visit: ${largest} bytes, headers included.`);
	});

	it('stays under 14 KB with gzip alone, as browsers take on plain http', async () => {
		for (const url of addresses) {
			const size = await new Promise<number>((resolve, reject) => {
				request(url, { headers: { 'accept-encoding': 'gzip' } }, (answer) => {
					expect(answer.headers['content-encoding']).toBe('gzip');
					let bytes = 0;
					answer.on('data', (chunk: Buffer) => (bytes += chunk.length));
					answer.on('end', () => resolve(bytes));
				})
					.on('error', reject)
					.end();
			});
			expect(size).toBeLessThanOrEqual(MAX_BYTES);
		}
	});

	it('holds no script, no web font and no style that a browser of 2019 would drop', async () => {
		const paths = [...addresses, `${product.url}/privacy`, `${product.url}/s/none`];
		for (const url of paths) {
			const page = await (await fetch(url)).text();
			expect(page).not.toMatch(/<script|<link rel="stylesheet"|@font-face|@import/);
			const styles = [...page.matchAll(/<style>([^]*?)<\/style>/g)].map(([, css]) => css).join('');
			expect(styles.length).toBeGreaterThan(1_000);
			expect(styles).not.toMatch(
				/:has\(|:where\(|:is\(|oklch\(|color-mix|\binset:|\bclamp\(|[{;]&/
			);
			expect(styles).not.toMatch(/(margin|padding|border)-(inline|block)|@layer|@container/);
			expect(styles).not.toMatch(/@media[^{]*[<>]/);
		}
	});

	it('is safe to show: headers that every page carries', async () => {
		const { headers } = await fetch(addresses[0]!);
		expect(headers.get('referrer-policy')).toBe('strict-origin-when-cross-origin');
		expect(headers.get('x-content-type-options')).toBe('nosniff');
		expect(headers.get('content-security-policy')).toContain("default-src 'self'");
		expect(headers.get('set-cookie')).toBeNull();
	});
});
