// People get in: the first administrator by the printed link, the others by mail, QR code and link; each sees what is
// theirs, and nobody stays longer than the membership or the session lasts. Real browser, real mail server.

import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { activityMark } from '../../src/lib/members/activity.ts';
import { verify } from '../../supabase/local/audit-verify.ts';
import { withDatabase } from '../../supabase/local/migrations.ts';
import { launchBrowser } from '../support/chromium.ts';
import { linkIn, MailServer } from '../support/mail-server.ts';
import { follow } from '../support/next-page.ts';
import { ProductProcess, type Product } from '../support/product.ts';
import * as staff from '../support/staff.ts';
import { heading, press } from '../support/staff.ts';

const IDLE_MINUTES = 20;

let browser: Browser;
let mail: MailServer;
let running: ProductProcess;
let product: Product;
let setupLink: string;

const admin = staff.colleague('Administrator');
const officer = staff.colleague('Officer');
const analyst = staff.colleague('Analyst');
const leader = staff.colleague('Leader');
const auditor = staff.colleague('Auditor');
let adminPage: Page;
let officerPage: Page;

const text = (page: Page) => page.locator('main').innerText();
const navigation = (page: Page) => page.getByRole('navigation', { name: 'Các trang' }).innerText();

beforeAll(async () => {
	[browser, mail] = await Promise.all([launchBrowser(), MailServer.start()]);
	running = await ProductProcess.start({
		args: ['--blank'],
		env: { ...mail.env(), IDLE_MINUTES: String(IDLE_MINUTES) }
	});
	product = running.facts();
	const printed = /http\S+\/first-setup\/\S+/.exec(running.output)?.[0] ?? '';
	setupLink = printed.replace('localhost', '127.0.0.1');
});
afterAll(async () => {
	await browser.close();
	await running.remove();
	await mail.close().catch(() => {});
});

describe('the first administrator', () => {
	it('is told at the field what is wrong with a password, and keeps what was typed', async () => {
		adminPage = (await staff.openWindow(browser, { scripts: false })).page;
		await adminPage.goto(setupLink);
		await staff.fillAccount(adminPage, { ...admin, password: 'matkhau123456789' });
		await press(adminPage, 'Lập tài khoản');
		expect(await adminPage.title()).toContain('Lỗi');
		expect(await adminPage.locator('#password-problem').innerText()).toContain('dễ đoán');
		expect(await adminPage.locator('#email').inputValue()).toBe(admin.email);
		expect(await adminPage.locator('#password').inputValue()).toBe('');
	});

	it('opens the printed link, makes an account and the organisation', async () => {
		await adminPage.fill('#password', admin.password);
		await press(adminPage, 'Lập tài khoản');
		expect(await heading(adminPage)).toBe('Cơ quan nào sẽ lấy ý kiến?');
		await adminPage.fill('#organisation', 'Ủy ban nhân dân xã Minh Họa');
		await press(adminPage, 'Lập cơ quan');
		expect(await text(adminPage)).toContain('Hãy nhập số điện thoại');
		expect(await adminPage.locator('#organisation').inputValue()).toContain('Minh Họa');
		await adminPage.fill('#phone', '0205 3 000 000');
		await press(adminPage, 'Lập cơ quan');
		expect(await text(adminPage)).toContain('Quản trị viên');
	});

	it('finds the link used afterwards, and no other one is printed', async () => {
		const { page } = await staff.openWindow(browser);
		await page.goto(setupLink);
		expect(await heading(page)).toBe('Đường dẫn thiết lập này đã được dùng');
		await page.goto(`${setupLink.slice(0, -4)}xxxx`);
		expect(await heading(page)).toBe('Không có đường dẫn thiết lập này');
		await page.context().close();
	});

	it('has cookies that no script reads', async () => {
		const cookies = await adminPage.context().cookies();
		expect(cookies.length).toBeGreaterThan(1);
		for (const { httpOnly, sameSite } of cookies) {
			expect({ httpOnly, sameSite }).toEqual({ httpOnly: true, sameSite: 'Lax' });
		}
	});
});

describe('invitations', () => {
	it('bring an officer by mail', async () => {
		await staff.invite(adminPage, product.url, 'officer', officer.email);
		const received = await mail.waitFor(officer.email);
		expect(received.subject).toContain('Lời mời');
		expect(received.text).toContain('Cán bộ xử lý');
		officerPage = await staff.accept(browser, linkIn(received, '/invite/'), officer);
		expect(await text(officerPage)).toContain('Cán bộ xử lý');
		const waiting = await withDatabase(product.databaseUrl, async (client) => {
			const { rows } = await client.query('select from public.outbox');
			return rows.length;
		});
		expect(waiting).toBe(0);
	});

	it('bring an analyst by the QR code on the screen', async () => {
		const shown = await staff.invite(adminPage, product.url, 'analyst');
		const scanned = await staff.readQr(adminPage, '.code');
		expect(scanned).toBe(shown);
		const page = await staff.accept(browser, scanned, analyst);
		expect(await text(page)).toContain('Cán bộ tổng hợp');
		await page.context().close();
	});

	it('bring leader and auditor by link, each to what is theirs', async () => {
		const leaderPage = await staff.accept(
			browser,
			await staff.invite(adminPage, product.url, 'leader'),
			leader
		);
		expect((await navigation(leaderPage)).split('\n')).toEqual([
			'Việc của tôi',
			'Kết quả của đơn vị',
			'So sánh',
			'Báo cáo',
			'Ý kiến ghi thêm',
			'Cảnh báo',
			'Công bố',
			'Dấu hiệu bất thường',
			'Thiết lập',
			'Tài khoản của tôi'
		]);
		await leaderPage.goto(`${product.url}/members`);
		expect(await text(leaderPage)).toContain('không còn, quyền mở trang này');
		await leaderPage.context().close();

		const page = await staff.accept(
			browser,
			await staff.invite(adminPage, product.url, 'auditor'),
			auditor
		);
		expect(await navigation(page)).toBe(
			'Việc của tôi\nThành viên\nNhật ký hệ thống\nTài khoản của tôi'
		);
		await page.goto(`${product.url}/members`);
		expect(await text(page)).toContain(officer.email);
		expect(await page.getByRole('link', { name: 'Mời một người' }).count()).toBe(0);
		await page.goto(`${product.url}/members/invite`);
		expect(await heading(page)).toBe('Tôi được làm gì ở đây?');
		await page.context().close();
	});

	it('say whether they are used, revoked, expired or unknown, and what to do', async () => {
		const links: Record<string, string> = {};
		for (const name of ['used', 'revoked', 'expired']) {
			links[name] = await staff.invite(adminPage, product.url, 'officer');
		}
		const helper = await staff.accept(browser, links.used!, staff.colleague('Helper'));
		await helper.context().close();
		await adminPage.goto(`${product.url}/members`);
		// The newest stands first: "expired", then "revoked".
		await follow(adminPage.getByRole('button', { name: 'Thu hồi' }).nth(1));
		expect(await text(adminPage)).toContain('Đã thu hồi lời mời');
		await withDatabase(product.databaseUrl, (client) =>
			client.query(
				`update public.invitations set expires_at = now() - interval '1 minute'
				where accepted_at is null and revoked_at is null`
			)
		);
		const { page } = await staff.openWindow(browser, { scripts: false, width: 360 });
		const said: Record<string, string> = {};
		for (const [name, link] of Object.entries(links)) {
			await page.goto(link);
			said[name] = await heading(page);
		}
		await page.goto(`${product.url}/invite/${'x'.repeat(32)}`);
		said.unknown = await heading(page);
		expect(said).toEqual({
			used: 'Lời mời này đã được dùng',
			revoked: 'Lời mời này đã bị thu hồi',
			expired: 'Lời mời này đã hết hạn',
			unknown: 'Không có lời mời này'
		});
		await adminPage.goto(`${product.url}/members`);
		await press(adminPage, 'Gia hạn');
		await page.goto(await adminPage.locator('#address').inputValue());
		expect(await heading(page)).toBe('Lời mời làm việc trên Lắng Nghe');
		await page.context().close();
	});

	it('give nothing to an account without one', async () => {
		const stranger = staff.colleague('Stranger');
		const answer = await fetch(`${product.apiUrl}/auth/v1/signup`, {
			method: 'POST',
			headers: { apikey: product.publishableKey, 'content-type': 'application/json' },
			body: JSON.stringify({ email: stranger.email, password: stranger.password })
		});
		expect(answer.status).toBe(200);
		const { page } = await staff.openWindow(browser);
		await staff.signIn(page, product.url, stranger);
		expect(await text(page)).toContain('chưa có, hoặc không còn, quyền nào');
		for (const path of ['members', 'audit']) {
			await page.goto(`${product.url}/${path}`);
			expect(await heading(page)).toBe('Tôi được làm gì ở đây?');
		}
		await page.context().close();
	});
});

describe('a session', () => {
	it('ends after idle minutes, and what was being typed is sent after signing in again', async () => {
		await adminPage.goto(`${product.url}/members/invite`);
		await adminPage.locator('input[name=role][value=officer]').check();
		await adminPage.locator('input[name=way][value=mail]').check();
		await adminPage.fill('#email', 'typed.before@example.vn');
		await pretendIdle(adminPage, IDLE_MINUTES + 1);
		await press(adminPage, 'Lập lời mời');
		expect(await heading(adminPage)).toBe('Nội dung vừa nhập vẫn còn');
		expect(await text(adminPage)).toContain('lâu không thao tác');
		expect(await text(adminPage)).toContain('typed.before@example.vn');
		await adminPage.fill('#email', admin.email);
		await adminPage.fill('#password', 'không phải mật khẩu');
		await press(adminPage, 'Đăng nhập');
		expect(await text(adminPage)).toContain('typed.before@example.vn');
		await adminPage.fill('#password', admin.password);
		await press(adminPage, 'Đăng nhập');
		expect(await heading(adminPage)).toBe('Đã đăng nhập lại');
		await press(adminPage, 'Gửi tiếp');
		expect(await text(adminPage)).toContain('Thư đang được gửi đến typed.before@example.vn');
	});

	it('lives on when somebody clicks in time', async () => {
		await pretendIdle(adminPage, IDLE_MINUTES - 1);
		await adminPage.goto(`${product.url}/members`);
		expect(await heading(adminPage)).toContain('Ai làm việc ở');
	});

	it('ends on all devices at once', async () => {
		const other = (await staff.openWindow(browser)).page;
		await staff.signIn(other, product.url, leader);
		const here = (await staff.openWindow(browser)).page;
		await staff.signIn(here, product.url, leader, '/account');
		await press(here, 'Đăng xuất mọi thiết bị');
		expect(await heading(here)).toBe('Đăng nhập');
		await other.goto(`${product.url}/office`);
		expect(await heading(other)).toBe('Đăng nhập');
		await Promise.all([here.context().close(), other.context().close()]);
	});
});

describe('somebody who is withdrawn', () => {
	it('is out at the next click, and the open form says so and loses no text', async () => {
		const second = staff.colleague('Second');
		const link = await staff.invite(adminPage, product.url, 'administrator');
		const page = await staff.accept(browser, link, second);
		await page.goto(`${product.url}/members/invite`);
		await page.locator('input[name=role][value=officer]').check();
		await page.locator('input[name=way][value=mail]').check();
		await page.fill('#email', 'half.written@example.vn');

		await adminPage.goto(`${product.url}/members?q=${second.email}`);
		await adminPage.getByRole('link', { name: /Sửa/ }).click();
		await adminPage.waitForURL('**/members/edit/**');
		await press(adminPage, 'Kết thúc quyền');
		expect(await text(adminPage)).toContain('Hãy đánh dấu vào ô');
		await adminPage.locator('#sure').check();
		await press(adminPage, 'Kết thúc quyền');
		expect(await text(adminPage)).toContain('Đã kết thúc quyền');

		await press(page, 'Lập lời mời');
		expect(await heading(page)).toBe('Quyền của tài khoản này đã thay đổi');
		expect(await text(page)).toContain('half.written@example.vn');
		await page.goto(`${product.url}/members`);
		expect(await text(page)).toContain('chưa có, hoặc không còn, quyền nào');
		await page.context().close();
	});

	it('cannot be the last administrator', async () => {
		await adminPage.goto(`${product.url}/members?q=${admin.email}`);
		await adminPage.getByRole('link', { name: /Sửa/ }).click();
		await adminPage.waitForURL('**/members/edit/**');
		await adminPage.locator('#sure').check();
		await press(adminPage, 'Kết thúc quyền');
		expect(await text(adminPage)).toContain('ít nhất một quản trị viên');
	});

	it('hands everything over to a colleague in one step', async () => {
		await adminPage.goto(`${product.url}/members?q=${officer.email}`);
		await adminPage.getByRole('link', { name: /Sửa/ }).click();
		await adminPage.waitForURL('**/members/edit/**');
		const label = `${analyst.name} (${analyst.email})`;
		await adminPage.locator('#successor').selectOption({ label });
		await press(adminPage, 'Bàn giao');
		expect(await text(adminPage)).toContain('Đã bàn giao');
		await officerPage.goto(`${product.url}/office`);
		expect(await text(officerPage)).toContain('không còn, quyền nào');
		const { page } = await staff.openWindow(browser);
		await staff.signIn(page, product.url, analyst);
		expect(await text(page)).toContain('Cán bộ xử lý');
		expect(await text(page)).toContain('Cán bộ tổng hợp');
		await page.context().close();
	});
});

describe('the audit log', () => {
	it('shows who did what, filtered by person, action and kind of record', async () => {
		await adminPage.goto(`${product.url}/audit?record=members&action=update`);
		const lines = adminPage.locator('tbody tr');
		expect(await lines.count()).toBeGreaterThanOrEqual(2);
		expect(await lines.first().innerText()).toContain(admin.name);
		expect(await lines.first().innerText()).toContain('Sửa: Thành viên');
		await adminPage.fill('#person', 'nobody has this name');
		await press(adminPage, 'Xem');
		expect(await text(adminPage)).toContain('Không có dòng nào khớp');
		await adminPage.goto(`${product.url}/audit?record=invitations`);
		expect(await text(adminPage)).not.toContain('typed.before@example.vn');
	});

	it('proves its chain, and names the first line that was changed', async () => {
		const before = await verify(product.databaseUrl, undefined);
		expect(before.broken).toBeUndefined();
		expect(before.lines).toBeGreaterThan(20);
		await withDatabase(product.databaseUrl, async (client) => {
			await expect(
				client.query(`update public.audit_log set action = 'x' where seq = 7`)
			).rejects.toMatchObject({ code: 'PT403' });
			// Even the owner must first take the lock off the table, which no application role may.
			await client.query(`alter table public.audit_log disable trigger user`);
			await client.query(`update public.audit_log set action = 'x' where seq = 7`);
			await client.query(
				`alter table public.audit_log enable always trigger audit_log_is_append_only`
			);
		});
		expect((await verify(product.databaseUrl, undefined)).broken).toBe(7);
	});
});

/** Makes the last click of the person in this window as old as that. */
async function pretendIdle(page: Page, minutes: number): Promise<void> {
	const person = await withDatabase(product.databaseUrl, async (client) => {
		const { rows } = await client.query<{ id: string }>(
			'select id from public.people where email = $1',
			[admin.email]
		);
		return rows[0]!.id;
	});
	const value = activityMark(product.ticketSecret, person, Date.now() / 1000 - minutes * 60);
	await page
		.context()
		.addCookies([
			{ name: 'lang-nghe-active', value, url: product.url, httpOnly: true, sameSite: 'Lax' }
		]);
}
