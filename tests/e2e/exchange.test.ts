// What comes from files and other software: the units of the board from a real Excel file, counters, numbers served by
// hand and by a machine, and everything out and in again. Without JavaScript, as the pages have none.

import { readFile } from 'node:fs/promises';
import type { Browser, Page } from 'playwright';
import { readSheet } from 'read-excel-file/node';
import writeXlsxFile from 'write-excel-file/node';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { withDatabase } from '../../supabase/local/migrations.ts';
import { recount } from '../../supabase/local/recount/compare.ts';
import { Snapshot } from '../../supabase/local/recount/database.ts';
import { launchBrowser } from '../support/chromium.ts';
import { foundOffice, joinOffice, type Office } from '../support/office.ts';
import type { Product } from '../support/product.ts';
import { RELEASE_LAST_WORKING_DAY } from '../support/release.ts';
import * as staff from '../support/staff.ts';
import { heading, press } from '../support/staff.ts';

type Cells = (string | number)[];

let product: Product;
let browser: Browser;
let office: Office;
let page: Page;

/** A real .xlsx: a title over the heading, as lists of offices have. */
async function xlsx(title: string, rows: Cells[]): Promise<Buffer> {
	const cell = (value: string | number) =>
		value === '' ? null : { value, type: typeof value === 'number' ? Number : String };
	const data = [
		[{ value: title, type: String, columnSpan: 4, fontWeight: 'bold' }],
		...rows.map((row) => row.map(cell))
	];
	return writeXlsxFile([{ sheet: 'Danh sách', data: data as never }]).toBuffer();
}

async function upload(kind: string, name: string, buffer: Buffer): Promise<void> {
	await page.goto(`${product.url}/setup/import`);
	await page.locator(`input[name=kind][value=${kind}]`).check();
	await page.setInputFiles('#file', { name, mimeType: 'application/octet-stream', buffer });
	await press(page, 'Tải lên và kiểm tra');
}
const summary = () => page.locator('[data-summary]').innerText();
const main = () => page.locator('main').innerText();
const sql = <T>(query: string, ...values: unknown[]) =>
	withDatabase(
		product.databaseUrl,
		async (client) => (await client.query(query, values)).rows as T[]
	);

async function download(path: string): Promise<Buffer> {
	const [file] = await Promise.all([
		page.waitForEvent('download'),
		page.goto(`${product.url}${path}`).catch(() => {})
	]);
	return readFile(await file.path());
}

const UNITS: Cells[] = [
	['Mã đơn vị', 'Tên đơn vị', 'Loại', 'Trực thuộc', 'STT'],
	['HN', 'Cửa khẩu quốc tế Hữu Nghị', 'Cửa khẩu', 'TTQLCK', 1],
	['TTH', 'Cửa khẩu Tân Thanh', 'Cửa khẩu', 'TTQLCK', 2],
	['VP', 'Văn phòng', 'Văn phòng', '', 1],
	['KHTH', 'Phòng Kế hoạch tổng hợp', 'Phòng', '', 2],
	['QLDN', 'Phòng Quản lý doanh nghiệp', 'Phòng', '', 3],
	['TTQLCK', 'Trung tâm Quản lý cửa khẩu', 'Trung tâm', '', 4],
	['MC', 'Bộ phận Một cửa', 'Một cửa', 'VP', 1]
];

beforeAll(async () => {
	product = inject('product');
	browser = await launchBrowser();
	office = await foundOffice(product, 'Ban Quản lý Khu kinh tế cửa khẩu thử nghiệm');
	const administrator = await joinOffice(product, office, 'administrator');
	({ page } = await staff.openWindow(browser, { scripts: false }));
	await staff.signIn(page, product.url, administrator);
});
afterAll(() => browser.close());

describe('the units of the board from Excel', () => {
	it('with mistakes: every wrong row is listed with all that is wrong, and nothing is written', async () => {
		const rows = [
			...UNITS,
			['VP', 'Văn phòng (lặp)', 'Văn phòng', '', 9],
			['X', '', 'Hành tinh', 'không có', 10]
		];
		await upload('units', 'don-vi.xlsx', await xlsx('DANH SÁCH ĐƠN VỊ', rows));
		expect(await summary()).toBe('9 dòng: 7 thêm mới, 0 sửa, 0 giữ nguyên, 2 sai');
		expect(await page.locator('[data-row="10"]').innerText()).toContain('Đã có ở dòng 5');
		const last = await page.locator('[data-row="11"]').innerText();
		for (const words of [
			'Tên đơn vị: còn trống',
			'Loại đơn vị: không hiểu “Hành tinh”',
			'Đơn vị cấp trên: không có đơn vị “không có”'
		]) {
			expect(last).toContain(words);
		}
		expect(await page.getByRole('button', { name: 'Ghi tất cả' }).count()).toBe(0);
		expect(await sql('select from units where organisation_id = $1', office.id)).toHaveLength(1);
		await press(page, 'Bỏ tệp này');
	});

	it('mended: the dry run says what would be added, then all of it is written', async () => {
		await upload('units', 'don-vi.xlsx', await xlsx('DANH SÁCH ĐƠN VỊ', UNITS));
		expect(await summary()).toBe('7 dòng: 7 thêm mới, 0 sửa, 0 giữ nguyên, 0 sai');
		expect(await sql('select from units where organisation_id = $1', office.id)).toHaveLength(1);
		await press(page, 'Ghi tất cả');
		expect(await main()).toContain('Đã ghi xong');
		const tree = await sql<{ path: string }>(
			`select u.code || ' < ' || coalesce(a.code, 'cơ quan') as path from units as u join units as a on a.id = u.parent_id
			where u.organisation_id = $1 order by u.code`,
			office.id
		);
		expect(tree.map(({ path }) => path)).toEqual([
			'HN < TTQLCK',
			'KHTH < cơ quan',
			'MC < VP',
			'QLDN < cơ quan',
			'TTH < TTQLCK',
			'TTQLCK < cơ quan',
			'VP < cơ quan'
		]);
	});

	it('again: nothing is left to write', async () => {
		await upload('units', 'don-vi.xlsx', await xlsx('DANH SÁCH ĐƠN VỊ', UNITS));
		expect(await summary()).toBe('7 dòng: 0 thêm mới, 0 sửa, 7 giữ nguyên, 0 sai');
		expect(await main()).toContain('Không có gì để ghi');
	});

	it('exported and imported again, as Excel and as CSV, changes nothing', async () => {
		for (const format of ['xlsx', 'csv']) {
			const file = await download(`/setup/import/export/units.${format}`);
			await upload('units', `units.${format}`, file);
			expect(await summary()).toBe('8 dòng: 0 thêm mới, 0 sửa, 8 giữ nguyên, 0 sai');
		}
	});

	it('in Windows-1258: refused in one sentence with the way out, the choice kept', async () => {
		await upload('units', 'cu.csv', Buffer.from([0x4d, 0xe3, 0x3b, 0x54, 0xea, 0x6e, 0x0a]));
		expect(await page.locator('#file-problem').innerText()).toContain('Windows-1258');
		expect(await page.locator('input[value=units]').isChecked()).toBe(true);
	});
});

describe('counters, procedures and people from CSV', () => {
	it('bring procedure groups with their procedures', async () => {
		const csv =
			'Mã thủ tục;Tên thủ tục;Mã lĩnh vực;Tên lĩnh vực;Đơn vị giải quyết\n;;XD;Xây dựng;KHTH\n1.1;"Cấp phép; gia hạn";XD;;\n';
		await upload('procedures', 'thu-tuc.csv', Buffer.from(csv));
		await press(page, 'Ghi tất cả');
		const made = await sql<{ name: string }>(
			'select name from procedures where organisation_id = $1',
			office.id
		);
		expect(made).toEqual([{ name: 'Cấp phép; gia hạn' }]);
	});

	it('bring counters by the name of their unit', async () => {
		const csv =
			'\uFEFFMã vị trí,Tên vị trí,Đơn vị,Mã lĩnh vực\nQ1,Quầy 1,Bộ phận Một cửa,XD\nQ2,Quầy 2,MC,XD\n';
		await upload('points', 'quay.csv', Buffer.from(csv));
		expect(await summary()).toBe('2 dòng: 2 thêm mới, 0 sửa, 0 giữ nguyên, 0 sai');
		await press(page, 'Ghi tất cả');
		expect(
			await sql('select from service_points where organisation_id = $1 and is_active', office.id)
		).toHaveLength(2);
	});

	it('invite people once', async () => {
		const csv = 'Thư điện tử;Vai trò;Đơn vị\ncan.bo.mot.cua@example.vn;Cán bộ xử lý;MC\n';
		await upload('members', 'nguoi.csv', Buffer.from(csv));
		await press(page, 'Ghi tất cả');
		await upload('members', 'nguoi.csv', Buffer.from(csv));
		expect(await summary()).toBe('1 dòng: 0 thêm mới, 0 sửa, 1 giữ nguyên, 0 sai');
		await page.goto(`${product.url}/members`);
		expect(await main()).toContain('can.bo.mot.cua@example.vn');
	});

	it('explain themselves in a template whose examples are not imported', async () => {
		const file = await download('/setup/import/template/points.xlsx');
		expect((await readSheet(file, 'Giải thích')).flat().join(' ')).toContain(
			'Chữ người dân nhìn thấy'
		);
		await upload('points', 'mau.xlsx', file);
		expect(await page.locator('#file-problem').innerText()).toBe('Tệp không có dòng dữ liệu nào.');
	});
});

describe('numbers served', () => {
	const field = (label: string) => page.getByLabel(label, { exact: true });

	it('are entered on one short page by keyboard', async () => {
		await page.goto(`${product.url}/served`);
		await field('Quầy 1').fill('1.240');
		await page.keyboard.press('Tab');
		await page.keyboard.type('35');
		await page.keyboard.press('Enter');
		await page.waitForURL(/done=/);
		expect(await main()).toContain('Đã lưu 2 con số');
		expect(await field('Quầy 1').inputValue()).toBe('1240');
	});

	it('that are none are refused at the field, with what was typed', async () => {
		await field('Quầy 1').fill('ba mươi');
		await press(page, 'Lưu');
		expect(await field('Quầy 1').inputValue()).toBe('ba mươi');
		expect(await page.title()).toBeTruthy();
		expect(await main()).toContain('Hãy ghi một số nguyên');
	});

	it('entered by a colleague meanwhile are not overwritten unseen', async () => {
		await page.goto(`${product.url}/served`);
		await field('Quầy 2').fill('40');
		await sql(
			`update served_counts set served = 37 where organisation_id = $1 and served = 35`,
			office.id
		);
		await press(page, 'Lưu');
		expect(await main()).toContain('Người khác vừa ghi 37');
		expect(await field('Quầy 2').inputValue()).toBe('40');
		await press(page, 'Lưu');
		expect(await main()).toContain('Đã lưu 1 con số');
	});

	it('come from a machine with a token that is shown once and can be revoked', async () => {
		await page.goto(`${product.url}/served/tokens`);
		await page.fill('#name', 'Máy lấy số');
		await press(page, 'Lập mã');
		const token = await page.locator('[data-token]').innerText();
		const send = async (items: unknown[], bearer = token) => {
			const answer = await fetch(`${product.url}/api/v1/served`, {
				method: 'POST',
				headers: { authorization: `Bearer ${bearer}`, 'content-type': 'application/json' },
				body: JSON.stringify({ items })
			});
			return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
		};
		expect(await send([{ point: 'Q1', day: '2026-11-02', served: 51 }])).toEqual({
			status: 200,
			body: { added: 1, changed: 0, removed: 0, unchanged: 0 }
		});
		expect(
			await send([
				{ point: 'Q1', day: '2026-11-02', served: 52 },
				{ point: 'Q9', day: '2026-11-02', served: 1 }
			])
		).toEqual({
			status: 422,
			body: { error: 'served_refused', problems: [{ item: 1, problem: 'unknown_point' }] }
		});
		expect((await send([{}], 'lns_aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa')).status).toBe(401);
		await page.goto(`${product.url}/served/tokens`);
		expect(await page.content()).not.toContain(token);
		await press(page, /^Thu hồi/);
		expect((await send([{ point: 'Q1', day: '2026-11-02', served: 52 }])).status).toBe(401);
	});

	it('are exported and imported again unchanged', async () => {
		const file = await download('/setup/import/export/served.csv');
		expect(file.toString()).toContain('02/11/2026;Q1');
		await upload('served', 'luot.csv', file);
		expect(await summary()).toBe('3 dòng: 0 thêm mới, 0 sửa, 3 giữ nguyên, 0 sai');
	});
});

describe('the answers of an earlier survey', () => {
	const ROWS = 5000;
	const LEVELS = ['Rất không hài lòng', 'Không hài lòng', 'Bình thường', 'Hài lòng', '5', 'Tốt'];

	/** A title, a heading over two rows, and answers of two years; a few of them wrong. */
	async function survey(): Promise<Buffer> {
		const heading: Cells[] = [
			['Ngày', 'Nơi', 'Đánh giá', '', ''],
			['', '', 'S0', 'B0', 'C0']
		];
		const rows = Array.from({ length: ROWS }, (_, n): Cells => {
			const day = `${1 + (n % 28)}/${1 + (n % 12)}/${2023 + (n % 2)}`;
			const level = (shift: number) => LEVELS[(n + shift) % LEVELS.length]!;
			return [day, n % 3 ? 'Quầy 1' : 'Bàn số 2', level(0), level(1), n % 7 ? level(2) : ''];
		});
		rows.push(['hôm qua', 'Quầy 1', '5', '', ''], ['1/2/2024', 'Quầy 1', '', '', '']);
		return xlsx('KHẢO SÁT 2023–2024', [...heading, ...rows]);
	}
	const choose = (label: RegExp, option: string | { label: string }) =>
		page.getByLabel(label).selectOption(option);
	let file: Buffer;

	it('are matched: columns guessed, every unknown value listed with its count before anything is written', async () => {
		file = await survey();
		await page.goto(`${product.url}/setup/import/answers`);
		await page.setInputFiles('#file', { name: 'cu.xlsx', mimeType: '', buffer: file });
		await press(page, 'Tải lên');
		expect(await heading(page)).toBe('Cột nào là gì?');
		expect(await page.getByLabel(/^S0:/).inputValue()).toBe('2');
		expect(await page.getByLabel('Cột ngày', { exact: true }).inputValue()).toBe('0');
		expect(await page.getByLabel('Cột vị trí hoặc đơn vị').inputValue()).toBe('1');
		await press(page, 'Tiếp tục');
		expect(await heading(page)).toBe('Mỗi chữ nghĩa là gì?');
		const unknown = page.locator('.value.wrong');
		expect(await unknown.allInnerTexts()).toEqual([
			expect.stringContaining('Tốt'),
			expect.stringContaining('Bàn số 2')
		]);
		expect(await unknown.first().innerText()).toMatch(/2\.3\d\d lần/);
		expect(await page.locator('[data-wrong-dates]').innerText()).toContain('hôm qua');
		await press(page, 'Kiểm tra các dòng');
		expect(await main()).toContain('Hãy chọn nghĩa');
		expect(await sql('select from private.strata where organisation_id = $1', office.id)).toEqual(
			[]
		);
	});

	it('are judged by the rules of recording: wrong rows listed, left out only when somebody says so', async () => {
		await choose(/^Tốt/, 'blank');
		await choose(/^Bàn số 2/, { label: 'Q2 · Quầy 2 (Bộ phận Một cửa)' });
		await press(page, 'Kiểm tra các dòng');
		expect(await main()).toContain('dòng sẽ được ghi. Chưa ghi gì.');
		expect(await page.locator(`[data-row="${ROWS + 4}"]`).innerText()).toContain(
			'Ngày không hợp lệ'
		);
		expect(await page.locator(`[data-row="${ROWS + 5}"]`).innerText()).toContain(
			'Không có mức đánh giá nào'
		);
		await press(page, 'Ghi vào hệ thống');
		expect(await main()).toContain('Hãy đánh dấu là bỏ qua');
		await page.getByLabel(/^Bỏ qua 2 dòng/).check();
		await press(page, 'Ghi vào hệ thống');
		await page.locator('[data-recorded]').waitFor({ timeout: 90_000 });
		expect(await main()).toContain('Đã ghi 5.000 phiếu');
	});

	it(
		'count in a pool of their own, agree with a recount, and enter no figure',
		{ timeout: 600_000 },
		async () => {
			const pools = await sql<{ pool: string; answers: number }>(
				`select s.pool, count(*)::int as answers from responses as r join private.strata as s on s.id = r.stratum_id
			where s.organisation_id = $1 group by 1`,
				office.id
			);
			expect(pools).toEqual([{ pool: 'imported', answers: ROWS }]);
			await sql(RELEASE_LAST_WORKING_DAY, office.id);
			const released = await sql<{ persons: number }>(
				`select sum(m.persons)::int as persons from private.person_months as m join private.strata as s on s.id = m.stratum_id
			where s.organisation_id = $1 and m.measure = 'S0'`,
				office.id
			);
			expect(released[0]!.persons).toBeGreaterThan(4000);
			expect(
				await sql('select from private.figures where organisation_id = $1', office.id)
			).toEqual([]);
			const { found } = await withDatabase(product.databaseUrl, async (client) => {
				await client.query('begin isolation level repeatable read read only');
				return recount(new Snapshot(client));
			});
			expect(found.first).toEqual([]);
		}
	);

	it('are not recorded twice from the same file', async () => {
		await page.goto(`${product.url}/setup/import/answers`);
		await page.setInputFiles('#file', { name: 'cu.xlsx', mimeType: '', buffer: file });
		await press(page, 'Tải lên');
		expect(await page.locator('#file-problem').innerText()).toContain('đã được ghi trước đây');
	});
});

it('what is not an administrator gets none of it', async () => {
	const officer = await joinOffice(product, office, 'officer');
	const { page: other } = await staff.openWindow(browser, { scripts: false });
	await staff.signIn(other, product.url, officer);
	await other.goto(`${product.url}/setup/import`);
	expect(await heading(other)).not.toBe('Nhập và xuất dữ liệu');
	await other.goto(`${product.url}/served`);
	expect(await heading(other)).toContain('Số lượt phục vụ');
});
