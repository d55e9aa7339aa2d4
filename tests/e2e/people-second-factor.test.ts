// Where the Supabase server offers a second factor: it is set up with an app, asked at every sign-in, and without the
// code nobody gets further, also with the right password. The server is the embedded one with the missing part added.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type { Secrets } from '../../supabase/local/secrets.ts';
import { launchBrowser } from '../support/chromium.ts';
import { ProductProcess } from '../support/product.ts';
import { SecondFactorServer, totpCode } from '../support/second-factor-server.ts';
import * as staff from '../support/staff.ts';
import { heading, press } from '../support/staff.ts';

const product = inject('product');
const account = product.accounts.find(({ role }) => role === 'auditor')!;
const auditor = { name: 'auditor', ...account };

let browser: Browser;
let server: SecondFactorServer;
let second: ProductProcess;
let base: string;
let page: Page;

const text = () => page.locator('main').innerText();
/** The code that the person's app shows now. */
const code = () => totpCode([...server.factors.values()][0]!.secret);

beforeAll(async () => {
	const path = join(product.dataDir, 'secrets.json');
	const { jwtSecret } = JSON.parse(readFileSync(path, 'utf8')) as Secrets;
	server = new SecondFactorServer(product.apiUrl, jwtSecret);
	await server.start();
	[browser, second] = await Promise.all([
		launchBrowser(),
		ProductProcess.start({
			env: {
				SUPABASE_URL: server.url,
				SUPABASE_PUBLISHABLE_KEY: product.publishableKey,
				SUPABASE_SECRET_KEY: product.secretKey,
				TICKET_SECRET: product.ticketSecret
			}
		})
	]);
	base = `http://127.0.0.1:${second.port}`;
	({ page } = await staff.openWindow(browser, { scripts: false }));
});
afterAll(async () => {
	await browser.close();
	await second.remove();
	await server.close();
});

describe('the second factor', () => {
	it('is set up with the secret of an app and its code', async () => {
		await staff.signIn(page, base, auditor, '/account');
		await press(page, 'Bật bước xác thực thứ hai');
		expect(await staff.readQr(page, '.code')).toContain('otpauth://totp/');
		await page.fill('#code', '000000');
		await press(page, 'Xác nhận mã');
		expect(await text()).toContain('Mã không đúng');
		await press(page, 'Bật bước xác thực thứ hai');
		await page.fill('#code', code());
		await press(page, 'Xác nhận mã');
		expect(await text()).toContain('Đã bật bước xác thực thứ hai');
	});

	it('is asked at the next sign-in, and nothing opens without it', async () => {
		await page.context().clearCookies();
		await staff.signIn(page, base, auditor, '/audit');
		expect(await heading(page)).toBe('Nhập mã xác thực');
		for (const path of ['/audit', '/members', '/office', '/account']) {
			await page.goto(base + path);
			expect(await heading(page)).toBe('Nhập mã xác thực');
		}
		await page.fill('#code', '000000');
		await press(page, 'Đăng nhập');
		expect(await text()).toContain('Mã không đúng hoặc đã hết hạn');
		await page.fill('#code', code());
		await press(page, 'Đăng nhập');
		expect(await heading(page)).toBe('Tài khoản của tôi');
		await page.goto(`${base}/audit`);
		expect(await heading(page)).toContain('Nhật ký hệ thống');
	});

	it('is taken off with the password', async () => {
		await page.goto(`${base}/account`);
		await page.locator('#factor-old-password').fill(auditor.password);
		await press(page, 'Tắt bước xác thực thứ hai');
		expect(await text()).toContain('Đã tắt bước xác thực thứ hai');
		await page.context().clearCookies();
		await staff.signIn(page, base, auditor, '/audit');
		expect(await heading(page)).toContain('Nhật ký hệ thống');
	});
});
