// The demo's people: an account per role that works as printed, mail that is caught and shown to the machine itself only,
// places to switch between, and the posters that stay open.

import { networkInterfaces } from 'node:os';
import type { Browser } from 'playwright';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { withDatabase } from '../../supabase/local/migrations.ts';
import { launchBrowser } from '../support/chromium.ts';
import { follow } from '../support/next-page.ts';
import * as staff from '../support/staff.ts';
import { heading, press } from '../support/staff.ts';

const product = inject('product');
let browser: Browser;

beforeAll(async () => {
	browser = await launchBrowser();
});
afterAll(() => browser.close());

const LABELS: Record<string, string> = {
	officer: 'Cán bộ xử lý',
	analyst: 'Cán bộ tổng hợp',
	leader: 'Lãnh đạo',
	administrator: 'Quản trị viên',
	auditor: 'Người kiểm tra (chỉ xem)'
};

describe('the accounts of the demo', () => {
	it('are one per role, with passwords of their own', () => {
		expect(product.accounts.map(({ role }) => role).sort()).toEqual(Object.keys(LABELS).sort());
		expect(new Set(product.accounts.map(({ password }) => password)).size).toBe(5);
	});

	it.each(product.accounts)('sign $role in at the unit that is printed', async (account) => {
		const { context, page } = await staff.openWindow(browser, { scripts: false });
		await staff.signIn(page, product.url, { name: '', ...account });
		const shown = await page.locator('main').innerText();
		expect(shown).toContain(account.unit);
		expect(shown).toContain(LABELS[account.role]);
		await context.close();
	});
});

describe('mail in the demo', () => {
	it('is caught and can be followed from its page', async () => {
		const { context, page } = await staff.openWindow(browser, { scripts: false });
		const { email } = product.accounts.find(({ role }) => role === 'leader')!;
		await page.goto(`${product.url}/sign-in/forgotten`);
		await page.fill('#email', email);
		await press(page, 'Gửi thư');
		await expect
			.poll(
				async () => {
					await page.goto(`${product.url}/mailbox`);
					return page.locator('tbody tr', { hasText: email }).count();
				},
				{ timeout: 20_000, interval: 250 }
			)
			.toBeGreaterThan(0);
		await follow(page.locator('tbody tr', { hasText: email }).first().getByRole('link'));
		expect(await heading(page)).toContain('đặt lại mật khẩu');
		await follow(page.getByRole('link', { name: /auth\/confirm/ }));
		expect(await heading(page)).toBe('Đặt lại mật khẩu');
		await context.close();
	});

	it('is not shown to other machines', async () => {
		const { address } = Object.values(networkInterfaces())
			.flatMap((list) => list ?? [])
			.find(({ family, internal }) => family === 'IPv4' && !internal) ?? { address: undefined };
		expect((await fetch(`${product.url}/mailbox`)).status).toBe(200);
		if (!address) return;
		const { port } = new URL(product.url);
		expect((await fetch(`http://${address}:${port}/mailbox`)).status).toBe(404);
	});
});

describe('somebody with two places', () => {
	it('switches between them, and sees what each allows', async () => {
		const { email } = product.accounts.find(({ role }) => role === 'officer')!;
		const added = await withDatabase(product.databaseUrl, async (client) => {
			const { rows } = await client.query<{ id: string }>(
				`insert into public.members (person_id, organisation_id, unit_id, role)
				select p.id, u.organisation_id, u.id, 'administrator' from public.people as p, public.units as u
				where p.email = $1 and u.names ->> 'vi' = 'Văn phòng' returning id`,
				[email]
			);
			return rows[0]!.id;
		});
		const { context, page } = await staff.openWindow(browser, { scripts: false });
		try {
			const account = product.accounts.find(({ role }) => role === 'officer')!;
			await staff.signIn(page, product.url, { name: '', ...account });
			const navigation = page.getByRole('navigation', { name: 'Các trang' });
			await page.locator('#place').selectOption({ label: 'Bộ phận Một cửa (Cán bộ xử lý)' });
			await press(page, 'Chuyển');
			expect(await navigation.innerText()).not.toContain('Thành viên');
			await page.locator('#place').selectOption({ label: 'Văn phòng (Quản trị viên)' });
			await press(page, 'Chuyển');
			await navigation.getByRole('link', { name: 'Thành viên' }).click();
			await page.waitForURL('**/members?unit=*');
			expect(await heading(page)).toBe('Ai làm việc ở Văn phòng?');
			expect(await page.locator('main').innerText()).not.toContain('lanhdao@');
			await page.getByRole('link', { name: 'Mời một người' }).click();
			expect(await page.locator('#unit option').allInnerTexts()).toEqual(['Văn phòng']);
		} finally {
			await context.close();
			await withDatabase(product.databaseUrl, (client) =>
				client.query('update public.members set ended_at = now() where id = $1', [added])
			);
		}
	});
});

describe('posters', () => {
	it('of the demo are open, of everybody else only for members', async () => {
		const token = product.servicePoints[0]!.url.split('/').at(-1)!;
		const poster = `${product.url}/posters/${token}`;
		const open = (headers: Record<string, string> = {}) =>
			fetch(poster, { redirect: 'manual', headers });
		expect((await open()).status).toBe(200);
		const setDemo = (isDemo: boolean) =>
			withDatabase(product.databaseUrl, (client) =>
				client.query('update public.organisations set is_demo = $1', [isDemo])
			);
		await setDemo(false);
		try {
			const refused = await open();
			expect(refused.status).toBe(303);
			expect(refused.headers.get('location')).toContain('/sign-in?to=');
			const { context, page } = await staff.openWindow(browser);
			const account = product.accounts.find(({ role }) => role === 'officer')!;
			await staff.signIn(page, product.url, { name: '', ...account }, `/posters/${token}`);
			expect(new URL(page.url()).pathname).toBe(`/posters/${token}`);
			await context.close();
		} finally {
			await setDemo(true);
		}
	});
});
