// Twelve posters and twenty slips are printed, every code is decoded from what would be on paper, and followed; a slip
// counts once; a code can be typed; paper forms are keyed by two people and recorded.

import type { Browser, BrowserContext, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { withDatabase } from '../../supabase/local/migrations.ts';
import { launchBrowser } from '../support/chromium.ts';
import { follow } from '../support/next-page.ts';
import { readCode, scan } from '../support/qr.ts';
import { press, signIn } from '../support/staff.ts';

const product = inject('product');
const tokens = product.servicePoints.map(({ url }) => url.split('/').at(-1)!);
const accountOf = (role: string) => {
	const { email, password } = product.accounts.find((one) => one.role === role)!;
	return { name: role, email, password };
};

let browser: Browser;
let administrator: Page;
const windows: BrowserContext[] = [];

async function windowOf(role?: string, scripts = true): Promise<Page> {
	const context = await browser.newContext({ locale: 'vi-VN', javaScriptEnabled: scripts });
	windows.push(context);
	const page = await context.newPage();
	if (role) await signIn(page, product.url, accountOf(role));
	return page;
}

beforeAll(async () => {
	browser = await launchBrowser();
	administrator = await windowOf('administrator');
});
afterAll(async () => {
	await Promise.all(windows.map((context) => context.close()));
	await browser.close();
});

/** The pages of the PDF that the browser would send to a printer, in millimetres. */
async function pagesOf(page: Page): Promise<[number, number][]> {
	await page.emulateMedia({ media: null });
	const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
	return [...pdf.matchAll(/\/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)/g)].map(([, width, height]) => [
		Math.round((Number(width) / 72) * 25.4),
		Math.round((Number(height) / 72) * 25.4)
	]);
}

const poolCounts = () =>
	withDatabase(product.databaseUrl, async (client) => {
		const { rows } = await client.query<{ key: string; count: number }>(
			`select concat_ws(' ', s.pool, s.channel) as key, count(*)::integer as count
			from public.responses as r join private.strata as s on s.id = r.stratum_id group by 1`
		);
		return Object.fromEntries(rows.map(({ key, count }) => [key, count]));
	});
const verified = async () =>
	Object.entries(await poolCounts()).reduce(
		(sum, [key, count]) => (key.startsWith('verified') ? sum + count : sum),
		0
	);

describe('posters of many points at once', () => {
	const query = (formats: string[], chosen = tokens) =>
		`/posters/print?${[...chosen.map((token) => `p=${token}`), ...formats.map((f) => `f=${f}`)].join('&')}&far=2`;

	it('are chosen with boxes and printed one to an A4 page; each code is read and leads to its own form', async () => {
		await administrator.goto(`${product.url}/posters`);
		await administrator.getByLabel('Cả đơn vị và cấp dưới').first().check();
		await press(administrator, 'Xem và in');
		const sheets = administrator.locator('[data-format=a4]');
		expect(await sheets.count()).toBe(12);
		expect(await pagesOf(administrator)).toEqual(Array(12).fill([210, 297]));
		await administrator.emulateMedia({ media: 'print' });
		const read: string[] = [];
		for (const sheet of await sheets.all()) {
			const address = (await scan(sheet))!;
			read.push(address.split('/s/')[1]!);
			expect(await sheet.locator('[data-address]').getAttribute('data-address')).toBe(address);
			const point = await sheet.locator('.point').innerText();
			const form = await (await fetch(`${address}?lang=vi`)).text();
			expect(form).toContain('name="S0"');
			expect(form).toContain(point.trim());
		}
		expect(read.sort()).toEqual([...tokens].sort());
		await administrator.emulateMedia({ media: null });
	});

	it('come on the right paper each: A5, A3, table tents and gate signs, in black and white too', async () => {
		const address = `${query(['a4', 'a5', 'a3', 'gate', 'tent'], tokens.slice(0, 1))}&ink=mono`;
		await administrator.goto(product.url + address);
		expect(await pagesOf(administrator)).toEqual([
			[210, 297],
			[148, 210],
			[297, 420],
			[297, 420],
			[210, 297]
		]);
		await administrator.emulateMedia({ media: 'print' });
		for (const sheet of await administrator.locator('[data-format] > *').all()) {
			const spill = await sheet.evaluate((one) =>
				Math.max(one.scrollHeight - one.clientHeight, one.scrollWidth - one.clientWidth)
			);
			expect(spill).toBeLessThanOrEqual(1);
			expect(await scan(sheet)).toMatch(new RegExp(`/s/${tokens[0]}$`));
		}
		const sign = administrator.locator('[data-format=gate] svg[role=img]');
		const { width } = (await sign.boundingBox())!;
		const modules = Number((await sign.getAttribute('viewBox'))!.split(' ')[2]);
		const side = ((width * (modules - 8)) / modules / 96) * 25.4;
		expect(side).toBeGreaterThanOrEqual(199.5);
		for (const half of await administrator.locator('[data-format=tent] .side').all()) {
			expect(await scan(half)).toMatch(/\/s\//);
		}
		await administrator.emulateMedia({ media: null });
	});

	it('come as a ZIP with readable names for a printer', async () => {
		const answer = await administrator.request.get(
			`${product.url}/posters/codes.zip?p=${tokens[0]}&p=${tokens[1]}`
		);
		expect(answer.headers()['content-type']).toBe('application/zip');
		const { unzipSync } = await import('fflate');
		const files = unzipSync(new Uint8Array(await answer.body()));
		const names = Object.keys(files).sort();
		expect(names).toHaveLength(5);
		expect(
			names.filter((name) => /^[a-z0-9-]+\/[a-z0-9-]+_[0-9A-Z]{11}\.(svg|png)$/.test(name))
		).toHaveLength(4);
		for (const name of names.filter((one) => one.endsWith('.png'))) {
			expect(name).toContain(readCode(Buffer.from(files[name]!))!.split('/s/')[1]);
		}
	});

	it('are for members with the right: the others are sent to sign in, or to their first page', async () => {
		const stranger = await windowOf();
		await stranger.goto(`${product.url}/posters`);
		expect(new URL(stranger.url()).pathname).toBe('/sign-in');
		await stranger.goto(`${product.url}/posters/slips/new`);
		expect(new URL(stranger.url()).pathname).toBe('/sign-in');
		const leader = await windowOf('leader');
		await leader.goto(`${product.url}/posters`);
		expect(new URL(leader.url()).pathname).toBe('/office');
	});
});

describe('one-time slips', () => {
	const codes: string[] = [];

	it('are printed ten to a sheet; all twenty codes are read from the paper', async () => {
		await administrator.goto(`${product.url}/posters/slips/new`);
		await administrator.selectOption('#point', tokens[0]!);
		await administrator.fill('#count', '20');
		await press(administrator, 'Lập lô và hiện mã');
		const slips = administrator.locator('[data-code]');
		expect(await slips.count()).toBe(20);
		expect(await pagesOf(administrator)).toEqual(Array(2).fill([210, 297]));
		await administrator.emulateMedia({ media: 'print' });
		for (const slip of await slips.all()) {
			const shown = (await slip.getAttribute('data-code'))!;
			const address = (await scan(slip))!;
			expect(shown).toMatch(/^[0-9A-HJKMNP-TV-Z]{5} [0-9A-HJKMNP-TV-Z]{5}$/);
			expect(new URL(address).pathname).toBe(`/m/${shown.replace(' ', '')}`);
			const inside = await slip.evaluate((one) => one.scrollHeight <= one.clientHeight + 1);
			expect(inside).toBe(true);
			codes.push(shown);
		}
		await administrator.emulateMedia({ media: null });
		expect(new Set(codes).size).toBe(20);
	});

	it('fit a roll of 58 and 80 mm', async () => {
		for (const [paper, width] of [
			['r58', 58],
			['r80', 80]
		] as const) {
			await administrator.goto(`${product.url}/posters/slips/new`);
			await administrator.fill('#count', '2');
			await administrator.locator(`input[name=paper][value=${paper}]`).check();
			await press(administrator, 'Lập lô và hiện mã');
			const pages = await pagesOf(administrator);
			expect(pages.map(([side]) => side)).toEqual([width, width]);
			await administrator.emulateMedia({ media: 'print' });
			const page = administrator.locator(`.${paper}`).first();
			expect(await scan(page)).toMatch(/\/m\/[0-9A-Z]{10}$/);
			const inside = await page.evaluate((one) => one.scrollHeight <= one.clientHeight + 1);
			expect(inside).toBe(true);
			await administrator.emulateMedia({ media: null });
		}
	});

	it('followed and answered make a verified answer, once; the second use is told kindly', async () => {
		const phone = await windowOf(undefined, false);
		const before = await verified();
		const address = `${product.url}/m/${codes[0]!.replace(' ', '')}`;
		await phone.goto(`${address}?lang=vi`);
		expect(await phone.locator('.slip').innerText()).toContain('Nộp hồ sơ');
		expect(await phone.locator('[name=M0]').count()).toBe(0);
		await phone.locator('#S0-5').check({ force: true });
		await press(phone, 'Gửi ý kiến');
		expect(await phone.locator('.said-so').innerText()).toContain('Ý kiến đã được ghi nhận');
		expect(await verified()).toBe(before + 1);

		const answer = await phone.goto(`${address}?lang=vi`);
		expect(answer!.status()).toBe(410);
		expect(await phone.locator('main').innerText()).toMatch(
			/Mã này đã được dùng rồi\.\s+Cảm ơn Ông\/Bà!/
		);
		await follow(phone.getByRole('link', { name: 'Cho ý kiến không cần mã' }));
		expect(new URL(phone.url()).pathname).toBe(`/s/${tokens[0]}`);
	});

	it('used by somebody else while the form was open leave what was typed in the open form', async () => {
		const [mine, other] = [await windowOf(undefined, false), await windowOf(undefined, false)];
		const address = `${product.url}/m/${codes[1]!.replace(' ', '')}?lang=vi`;
		for (const phone of [mine, other]) {
			await phone.goto(address);
			await phone.locator('#S0-4').check({ force: true });
		}
		const before = await verified();
		await press(other, 'Gửi ý kiến');
		await mine.fill('#comment', 'Nên có thêm ghế');
		await press(mine, 'Gửi ý kiến');
		expect(await mine.getByRole('alert').innerText()).toContain('Mã này đã được dùng rồi');
		expect(await mine.inputValue('#comment')).toBe('Nên có thêm ghế');
		await press(mine, 'Gửi ý kiến');
		expect(await mine.locator('.said-so').innerText()).toContain('Ý kiến đã được ghi nhận');
		expect(await verified()).toBe(before + 1);
	});

	it('sent by two phones at the same moment count once', async () => {
		const address = `${product.url}/m/${codes[2]!.replace(' ', '')}?lang=vi`;
		const before = await verified();
		const tickets = await Promise.all(
			[1, 2, 3, 4].map(async () => {
				const html = await (await fetch(address)).text();
				return /name="ticket" value="([^"]+)"/.exec(html)![1]!;
			})
		);
		const answers = await Promise.all(
			tickets.map((ticket) =>
				fetch(address, {
					method: 'POST',
					body: new URLSearchParams({ ticket, language: 'vi', S0: '3' })
				})
			)
		);
		expect(answers.map(({ status }) => status).sort()).toEqual([200, 410, 410, 410]);
		expect(await verified()).toBe(before + 1);
	});

	it('can be typed: small letters, O for 0, I for 1, spaces; nonsense is told at the field', async () => {
		const phone = await windowOf(undefined, false);
		await phone.goto(`${product.url}/m?lang=vi`);
		await phone.fill('#code', 'quầy 1');
		await press(phone, 'Mở phiếu');
		expect(await phone.locator('#code-problem').innerText()).toContain('10 chữ và số');
		expect(await phone.inputValue('#code')).toBe('quầy 1');
		const typed = codes[3]!.toLowerCase().replaceAll('0', 'o').replaceAll('1', 'i');
		await phone.fill('#code', ` ${typed} `);
		await press(phone, 'Mở phiếu');
		expect(new URL(phone.url()).pathname).toBe(`/m/${codes[3]!.replace(' ', '')}`);
		expect(await phone.locator('[name=S0]').count()).toBeGreaterThan(4);
		const unknown = await phone.goto(`${product.url}/m/0000000000?lang=vi`);
		expect(unknown!.status()).toBe(404);
		expect(await phone.locator('main').innerText()).toContain('Không tìm thấy mã này');
	});

	it('show how many were used only from five on', async () => {
		await administrator.goto(`${product.url}/posters/slips`);
		const row = administrator.locator('tbody tr', { hasText: '/ 20' }).first();
		expect(await row.innerText()).toContain('dưới 5 / 20');
		await Promise.all(
			codes.slice(4, 6).map(async (code) => {
				const address = `${product.url}/m/${code.replace(' ', '')}?lang=vi`;
				const html = await (await fetch(address)).text();
				const ticket = /name="ticket" value="([^"]+)"/.exec(html)![1]!;
				const body = new URLSearchParams({ ticket, language: 'vi', S0: '4' });
				expect((await fetch(address, { method: 'POST', body })).status).toBe(200);
			})
		);
		await administrator.reload();
		expect(await row.innerText()).toContain('5 / 20');
		expect(await row.innerText()).not.toContain('dưới');
	});
});

describe('paper forms', () => {
	let batch = '';

	it('are printed with the codes, boxes and faces of the form in force, and no number of their own', async () => {
		await administrator.goto(`${product.url}/posters/paper`);
		await press(administrator, 'Xem và in phiếu');
		const paper = administrator.locator('.paper');
		const text = await paper.innerText();
		expect(text).toMatch(/S0\./);
		expect(text).toContain('Rất không hài lòng');
		expect(text).toContain('Chỉ người nhập phiếu thấy tờ này');
		expect(text).toContain('lô ______ tờ ______');
		expect(await paper.locator('thead svg').count()).toBe(5);
		const rows = await paper.locator('tbody tr:not(.heading)').count();
		expect(await paper.locator('tbody td:not(.zero) .box').count()).toBe(rows * 5);
		const pages = await pagesOf(administrator);
		expect(pages.length).toBeLessThanOrEqual(2);
		expect(pages[0]).toEqual([210, 297]);
	});

	it('are keyed by digits alone, and the last sheet can be taken out', async () => {
		await administrator.goto(`${product.url}/posters/paper`);
		await press(administrator, 'Mở lô và nhập');
		batch = administrator.url();
		await administrator.locator('.keys[data-ready]').waitFor();
		const first = administrator.locator('.keys input[type=text]').first();
		for (let sheet = 1; sheet <= 7; sheet++) {
			await administrator.getByText(`Tờ số ${sheet}`, { exact: true }).waitFor();
			await first.focus();
			// S0 comes first or last: enough fives for every field of digits.
			const fields = await administrator.locator('.keys input[maxlength="2"]').count();
			for (let field = 0; field < fields; field++) {
				await administrator.keyboard.press(field === 1 ? 'Space' : '1');
			}
			await administrator.keyboard.press('Enter');
			await administrator.getByText(`Đã giữ tờ số ${sheet}.`).waitFor();
		}
		await press(administrator, 'Bỏ tờ vừa nhập (số 7)');
		await administrator.getByText('Đã bỏ tờ số 7.').waitFor();
		await press(administrator, 'Nhập xong lô này (6 tờ)');
		expect(await administrator.locator('main').innerText()).toContain(
			'phải do người khác làm, không phải người đã nhập lần đầu'
		);
	});

	it('are keyed again by somebody else without script, a difference is settled, and the worker records them once', async () => {
		const before = (await poolCounts())['open paper'] ?? 0;
		const officer = await windowOf('officer', false);
		await officer.goto(batch);
		for (let sheet = 1; sheet <= 5; sheet++) {
			const fields = officer.locator('.keys input[maxlength="2"]');
			for (let field = 0; field < (await fields.count()); field++) {
				await fields
					.nth(field)
					.fill(field === 1 ? '' : [2, 3].includes(sheet) && field === 2 ? '2' : '1');
			}
			await press(officer, /Giữ tờ số/);
		}
		expect(await officer.locator('main').innerText()).toContain('Chỗ khác nhau: 2 tờ');
		await press(officer, 'Lưu các lựa chọn');
		expect(await officer.locator('main').innerText()).toContain('Hãy chọn bên đúng');
		// The paper of the first says a third thing: it is keyed anew.
		await follow(officer.getByRole('link', { name: 'Cả hai đều chưa đúng' }).first());
		const anew = officer.locator('.keys input[type=text]');
		for (let field = 0; field < (await anew.count()); field++) {
			await anew.nth(field).fill(field === 1 ? '' : field === 2 ? '3' : '1');
		}
		await press(officer, /Giữ tờ số/);
		expect(await officer.locator('main').innerText()).toContain('Chỗ khác nhau: 1 tờ');
		for (const choice of await officer.locator('input[type=radio][value=second]').all()) {
			await choice.check();
		}
		await press(officer, 'Lưu các lựa chọn');
		await press(officer, 'Ghi nhận 6 tờ');
		await expect
			.poll(
				async () => {
					await officer.reload();
					return officer.locator('main').innerText();
				},
				{ timeout: 60_000, interval: 1_000 }
			)
			.toContain('Đã ghi nhận 6 tờ vào số liệu');
		expect((await poolCounts())['open paper']).toBe(before + 6);
		const left = await withDatabase(product.databaseUrl, async (client) => {
			const { rows } = await client.query<{ n: number }>(
				'select count(*)::integer as n from private.paper_sheets where batch_id = $1',
				[new URL(batch).pathname.split('/').at(-1)]
			);
			return rows[0]!.n;
		});
		expect(left).toBe(0);
	});
});
