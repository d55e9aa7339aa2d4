// The door itself: nobody learns whether an account exists, guessing is stopped without locking out colleagues behind
// the same address, recovery answers the same always, and accounts change only for whoever knows the password.

import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { withDatabase } from '../../supabase/local/migrations.ts';
import { launchBrowser } from '../support/chromium.ts';
import { linkIn, MailServer } from '../support/mail-server.ts';
import { ProductProcess, type Product } from '../support/product.ts';
import * as staff from '../support/staff.ts';
import { heading, press, type Colleague } from '../support/staff.ts';

let browser: Browser;
let mail: MailServer;
let running: ProductProcess;
let product: Product;
const admin = staff.colleague('Administrator');
const officer = staff.colleague('Officer');
const late = staff.colleague('Late');

const text = (page: Page) => page.locator('main').innerText();
const here = (link: string) => link.replace('localhost', '127.0.0.1');

async function inWindow<T>(work: (page: Page) => Promise<T>): Promise<T> {
	const { context, page } = await staff.openWindow(browser, { scripts: false });
	try {
		return await work(page);
	} finally {
		await context.close();
	}
}

/** Tries to sign in; resolves to what the page says and how long it took. */
const trySignIn = (who: Colleague) =>
	inWindow(async (page) => {
		const began = performance.now();
		await staff.signIn(page, product.url, who);
		return { said: await text(page), ms: performance.now() - began };
	});

const askRecovery = (email: string) =>
	inWindow(async (page) => {
		await page.goto(`${product.url}/sign-in/forgotten`);
		await page.fill('#email', email);
		const began = performance.now();
		await press(page, 'Gửi thư');
		return { said: (await text(page)).replace(email, '…'), ms: performance.now() - began };
	});

beforeAll(async () => {
	[browser, mail] = await Promise.all([launchBrowser(), MailServer.start()]);
	// Confirmation by mail is on: everything must work then too.
	running = await ProductProcess.start({
		args: ['--blank'],
		env: { ...mail.env(), CONFIRM_EMAIL: 'yes' }
	});
	product = running.facts();
});
afterAll(async () => {
	await browser.close();
	await running.remove();
	await mail.close().catch(() => {});
});

describe('with confirmation by mail switched on', () => {
	it('the first administrator confirms the address and comes back to the set-up', async () => {
		const printed = /http\S+\/first-setup\/\S+/.exec(running.output)?.[0] ?? '';
		await inWindow(async (page) => {
			await page.goto(here(printed));
			await staff.fillAccount(page, admin);
			await press(page, 'Lập tài khoản');
			expect(await heading(page)).toBe('Hãy xem hộp thư');
			const received = await mail.waitFor(admin.email);
			expect(received.subject).toContain('xác nhận địa chỉ');
			await page.goto(here(linkIn(received, '/auth/confirm')));
			await press(page, 'Tiếp tục');
			expect(await heading(page)).toBe('Cơ quan nào sẽ lấy ý kiến?');
			await page.fill('#personName', admin.name);
			await page.fill('#organisation', 'Ủy ban nhân dân xã Minh Họa');
			await page.fill('#phone', '0205 3 000 000');
			await press(page, 'Lập cơ quan');
			expect(await text(page)).toContain('Quản trị viên');
		});
	});

	it('an invited person confirms first and then accepts, in the same browser or another', async () => {
		const links = await inWindow(async (page) => {
			await staff.signIn(page, product.url, admin);
			const first = await staff.invite(page, product.url, 'officer');
			return [first, await staff.invite(page, product.url, 'officer')] as const;
		});
		await inWindow(async (page) => {
			await page.goto(links[0]);
			await staff.fillAccount(page, officer);
			await press(page, 'Lập tài khoản và nhận lời mời');
			const received = await mail.waitFor(officer.email);
			await page.goto(here(linkIn(received, '/auth/confirm')));
			await press(page, 'Tiếp tục');
			await page.fill('#name', officer.name);
			await press(page, 'Nhận lời mời');
			expect(await text(page)).toContain('Cán bộ xử lý');
		});
		await inWindow(async (page) => {
			await page.goto(links[1]);
			await staff.fillAccount(page, late);
			await press(page, 'Lập tài khoản và nhận lời mời');
		});
		const received = await mail.waitFor(late.email);
		await inWindow(async (page) => {
			await page.goto(here(linkIn(received, '/auth/confirm')));
			await press(page, 'Tiếp tục');
			expect(await text(page)).toContain('mở đường dẫn lời mời');
			await page.goto(links[1]);
			await page.fill('#name', late.name);
			await press(page, 'Nhận lời mời');
			expect(await text(page)).toContain('Cán bộ xử lý');
		});
	});

	it('the link of a mail works once', async () => {
		const received = await mail.waitFor(officer.email);
		await inWindow(async (page) => {
			await page.goto(here(linkIn(received, '/auth/confirm')));
			await press(page, 'Tiếp tục');
			expect(await heading(page)).toBe('Đường dẫn này không dùng được');
		});
	});
});

describe('a forgotten password', () => {
	it('is answered the same for known and unknown addresses, and only the known one gets a mail', async () => {
		const known = await askRecovery(officer.email);
		const unknown = await askRecovery('nobody.at.all@example.vn');
		expect(unknown.said).toBe(known.said);
		expect(Math.abs(known.ms - unknown.ms)).toBeLessThan(400);
		const received = await mail.waitFor(officer.email, 1);
		expect(received.subject).toContain('đặt lại mật khẩu');
		expect(mail.mails.filter(({ to }) => to === 'nobody.at.all@example.vn')).toEqual([]);
	});

	it('is set anew by the link, and signs everybody else out', async () => {
		const elsewhere = await staff.openWindow(browser);
		await staff.signIn(elsewhere.page, product.url, officer);
		const received = await mail.waitFor(officer.email, 1);
		const old = { ...officer };
		await inWindow(async (page) => {
			await page.goto(here(linkIn(received, '/auth/confirm')));
			expect(await heading(page)).toBe('Đặt lại mật khẩu');
			await press(page, 'Tiếp tục');
			await page.fill('#password', 'ngắn quá');
			await press(page, 'Lưu mật khẩu mới');
			expect(await text(page)).toContain('ít nhất 15 ký tự');
			officer.password = `đàn cò trắng ${crypto.randomUUID().slice(0, 8)}`;
			await page.fill('#password', officer.password);
			await press(page, 'Lưu mật khẩu mới');
			expect(await text(page)).toContain('Đã đặt mật khẩu mới');
		});
		await elsewhere.page.goto(`${product.url}/office`);
		expect(await heading(elsewhere.page)).toBe('Đăng nhập');
		await elsewhere.context.close();
		expect((await trySignIn(old)).said).toContain('không đúng');
		expect((await trySignIn(officer)).said).toContain('Cán bộ xử lý');
	});

	it('cannot be set by somebody who is merely signed in', async () => {
		await inWindow(async (page) => {
			await staff.signIn(page, product.url, officer);
			await page.goto(`${product.url}/auth/new-password`);
			expect(await heading(page)).toBe('Đặt lại mật khẩu');
			await page.goto(`${product.url}/account`);
			await page.locator('#password-old-password').fill('không phải mật khẩu này');
			await page.fill('#password', 'một mật khẩu hoàn toàn mới');
			await press(page, 'Đổi mật khẩu');
			expect(await text(page)).toContain('Mật khẩu hiện nay không đúng');
			await page.locator('#password-old-password').fill(officer.password);
			officer.password = `suối nguồn chảy mãi ${crypto.randomUUID().slice(0, 8)}`;
			await page.fill('#password', officer.password);
			await press(page, 'Đổi mật khẩu');
			expect(await text(page)).toContain('Đã đổi mật khẩu');
			await page.goto(`${product.url}/office`);
			expect(await text(page)).toContain('Cán bộ xử lý');
		});
		expect((await trySignIn(officer)).said).toContain('Cán bộ xử lý');
	});
});

describe('an account', () => {
	it('says plainly that the embedded server has no second factor', async () => {
		await inWindow(async (page) => {
			await staff.signIn(page, product.url, officer, '/account');
			expect(await text(page)).toContain('không có bước xác thực thứ hai');
		});
	});

	it('changes its address by a mail to the present one', async () => {
		const address = officer.email.replace('@', '.new@');
		await inWindow(async (page) => {
			await staff.signIn(page, product.url, officer, '/account');
			await page.fill('#email', address);
			await page.locator('#email-old-password').fill(officer.password);
			await press(page, 'Gửi thư xác nhận');
			const received = await mail.waitFor(officer.email, 2);
			await page.goto(here(linkIn(received, '/auth/confirm')));
			await press(page, 'Tiếp tục');
			expect(await text(page)).toContain('Địa chỉ mới dùng được');
			expect(await text(page)).toContain(address);
		});
		officer.email = address;
		expect((await trySignIn(officer)).said).toContain('Cán bộ xử lý');
		const known = await withDatabase(product.databaseUrl, async (client) => {
			const { rows } = await client.query('select from public.people where email = $1', [address]);
			return rows.length;
		});
		expect(known).toBe(1);
	});
});

describe('guessing', () => {
	it('is told the same, as slowly, for an account that exists and one that does not', async () => {
		const wrong = await trySignIn({ ...late, password: 'sai mật khẩu mất rồi' });
		const unknown = await trySignIn(staff.colleague('Nobody'));
		const said = (page: string) => page.split('\n').filter((line) => line.includes('không đúng'));
		expect(said(unknown.said)).toEqual(said(wrong.said));
		expect(said(wrong.said)).toHaveLength(1);
		expect(Math.abs(wrong.ms - unknown.ms)).toBeLessThan(400);
	});

	it('is stopped after five tries, also with the right password, while colleagues get in', async () => {
		for (let tries = 0; tries < 4; tries++) {
			await trySignIn({ ...late, password: 'sai nữa rồi đây này' });
		}
		expect((await trySignIn(late)).said).toContain('Đã thử sai nhiều lần');
		const nobody = staff.colleague('Nobody');
		for (let tries = 0; tries < 5; tries++) await trySignIn(nobody);
		expect((await trySignIn(nobody)).said).toContain('Đã thử sai nhiều lần');
		expect((await trySignIn(officer)).said).toContain('Cán bộ xử lý');
	});
});

describe('when mail is down', () => {
	it('recovery answers the same, and an invitation waits and is tried again', async () => {
		const before = await askRecovery(late.email);
		await mail.waitFor(late.email, 1);
		await mail.close();
		const after = await askRecovery(late.email);
		expect(after.said).toBe(before.said);
		expect(Math.abs(after.ms - before.ms)).toBeLessThan(400);
		await inWindow(async (page) => {
			await staff.signIn(page, product.url, admin);
			await staff.invite(page, product.url, 'analyst', 'waiting@example.vn');
		});
		const attempts = () =>
			withDatabase(product.databaseUrl, async (client) => {
				const { rows } = await client.query<{ attempts: number; later: boolean }>(
					`select attempts, run_after > now() as later from public.outbox where recipient = 'waiting@example.vn'`
				);
				return rows[0];
			});
		for (const end = Date.now() + 20_000; Date.now() < end;) {
			if ((await attempts())?.attempts) break;
			await new Promise((next) => setTimeout(next, 250));
		}
		expect(await attempts()).toMatchObject({ attempts: 1, later: true });
		expect(running.exitCode).toBeUndefined();
	});
});
