// Staff in a real browser: what a person of the office does on the pages about accounts and members.

import type { Browser, BrowserContext, Page } from 'playwright';
import { follow } from './next-page.ts';
import { scan } from './qr.ts';

export interface Colleague {
	name: string;
	email: string;
	password: string;
}

/** A colleague with an address and a password that nobody else has. */
export function colleague(name: string): Colleague {
	const mark = crypto.randomUUID().slice(0, 8);
	const email = `${name.toLowerCase().replace(/[^a-z]/g, '')}.${mark}@example.vn`;
	return { name: `Người ${name}`, email, password: `chim sẻ bay qua ${mark}` };
}

/** A window of its own, as a colleague at another machine has; on a phone with `width`. */
export async function openWindow(
	browser: Browser,
	{ width = 1280, scripts = true } = {}
): Promise<{ context: BrowserContext; page: Page }> {
	const context = await browser.newContext({
		locale: 'vi-VN',
		viewport: { width, height: 900 },
		javaScriptEnabled: scripts
	});
	return { context, page: await context.newPage() };
}

export const heading = (page: Page): Promise<string> => page.locator('h1').innerText();

/** Presses the button with these words and waits for the next page. */
export async function press(page: Page, words: string | RegExp): Promise<void> {
	await follow(page.getByRole('button', { name: words }).first());
}

export async function fillAccount(page: Page, who: Colleague): Promise<void> {
	await page.fill('#name', who.name);
	await page.fill('#email', who.email);
	await page.fill('#password', who.password);
}

export async function signIn(page: Page, base: string, who: Colleague, to = ''): Promise<void> {
	await page.goto(`${base}/sign-in${to ? `?to=${encodeURIComponent(to)}` : ''}`);
	await page.fill('#email', who.email);
	await page.fill('#password', who.password);
	await press(page, 'Đăng nhập');
}

/** The link that a QR code on the screen leads to. */
export async function readQr(page: Page, selector: string): Promise<string> {
	const found = await scan(page.locator(selector));
	if (!found) throw new Error('no QR code can be read from the screen');
	return found;
}

/** Makes an invitation on its page; resolves to the link shown once. */
export async function invite(
	page: Page,
	base: string,
	role: string,
	mailTo?: string
): Promise<string> {
	await page.goto(`${base}/members/invite`);
	await page.locator(`input[name=role][value=${role}]`).check();
	await page.locator(`input[name=way][value=${mailTo ? 'mail' : 'hand'}]`).check();
	if (mailTo) await page.fill('#email', mailTo);
	await press(page, 'Lập lời mời');
	return page.locator('#address').inputValue();
}

/** Opens an invitation in a window of one's own, makes an account and accepts. */
export async function accept(browser: Browser, link: string, who: Colleague): Promise<Page> {
	const { page } = await openWindow(browser);
	// Cookies belong to a host: the product is visited under one name.
	await page.goto(link.replace('localhost', '127.0.0.1'));
	await fillAccount(page, who);
	await press(page, 'Lập tài khoản và nhận lời mời');
	return page;
}
