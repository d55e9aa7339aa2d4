// A leader sets a target and sees it judged, names an owner, hands over the section in the office's own outline, and
// says how far a report is. Page, Excel, CSV and the outline's Word file say the same.

import { unzipSync } from 'fflate';
import { Document, Packer, Paragraph } from 'docx';
import type { Browser, Page } from 'playwright';
import readXlsxFile from 'read-excel-file/node';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { launchBrowser } from '../support/chromium.ts';
import { openWindow, press, signIn } from '../support/staff.ts';

const product = inject('product');
let browser: Browser;
let page: Page;

const account = (role: string) => {
	const { email, password } = product.accounts.find((each) => each.role === role)!;
	return { name: role, email, password };
};
const go = (path: string) => page.goto(product.url + path);
const get = async (path: string) => {
	const answer = await page.request.get(product.url + path);
	expect(answer.status()).toBe(200);
	return answer.body();
};
const wordLines = (file: Buffer) =>
	new TextDecoder()
		.decode(unzipSync(new Uint8Array(file))['word/document.xml'])
		.split('</w:p>')
		.map((paragraph) => paragraph.replaceAll(/<[^>]+>/g, ''));
/** The closed quarter that the demo has in full. */
let quarter: string;

beforeAll(async () => {
	browser = await launchBrowser();
	({ page } = await openWindow(browser));
	await signIn(page, product.url, account('leader'), '/compare');
	const codes = await page
		.locator('#period option')
		.evaluateAll((options) => options.map((option) => (option as HTMLOptionElement).value));
	const running = codes.filter((code) => /-Q\d$/.test(code)).sort();
	quarter = running.at(-2)!;
});
afterAll(() => browser.close());

describe('a target', () => {
	it('is refused with a sentence while it is no share', async () => {
		await go('/setup/targets');
		await page.fill('#level', '101');
		await press(page, 'Đặt chỉ tiêu');
		expect(await page.locator('#level-problem').innerText()).toMatch(/0,1 đến 100/);
		expect(await page.inputValue('#level')).toBe('101');
	});

	it('is set for a unit, a dimension and a period', async () => {
		await page.selectOption('#unitId', { label: '– Văn phòng' });
		await page.selectOption('#dimension', 'conduct');
		await page.fill('#level', '62,5');
		await page.fill('#source', 'Quyết định thử');
		await press(page, 'Đặt chỉ tiêu');
		expect(await page.locator('.notice').innerText()).toBe('Đã lưu chỉ tiêu.');
		const row = page.locator('tbody tr', { hasText: 'Quyết định thử' });
		expect(await row.innerText()).toMatch(/Văn phòng[\s\S]*62,5%/);
		await row.getByRole('button', { name: 'Bỏ' }).click();
		await page.waitForURL(/done=removed/);
		expect(await page.locator('tbody').innerText()).not.toContain('Quyết định thử');
	});

	it('is not judged on a part of the answers, and the page says why', async () => {
		await go(`/compare?period=${quarter}`);
		const part = page.locator('#cross option').nth(1);
		await go(`/compare?period=${quarter}&cross=${await part.getAttribute('value')}`);
		expect(await page.locator('tr[data-target]').count()).toBe(0);
		expect(await page.locator('#targets + p').innerText()).toContain('chọn: Tất cả phiếu');
	});

	it('is judged alike on the page, in Excel and in CSV', async () => {
		await go(`/compare?period=${quarter}`);
		const rows = await page.locator('tr[data-target]').evaluateAll((found) =>
			found.map((row) => {
				const [unit, name, target, value, verdict] = [...row.querySelectorAll('td')];
				const words = (cell: Element | undefined, selector: string) =>
					cell
						?.querySelector(selector)
						?.textContent?.replace(/^\s*[✓✗?]\s*/, '')
						.trim() ?? '';
				return [
					unit?.textContent?.trim(),
					name?.textContent?.trim(),
					words(target, 'b'),
					words(value, 'b'),
					words(verdict, '.verdict')
				];
			})
		);
		expect(rows.length).toBeGreaterThan(3);
		const sheets = await readXlsxFile(await get(`/compare/figures.xlsx?period=${quarter}`));
		const sheet = sheets.find(({ sheet: name }) => name === 'Chỉ tiêu')!.data;
		const percent = (value: unknown) => `${(value as number).toFixed(1).replace('.', ',')}%`;
		// Under the rows stand the notes, in one column.
		const inExcel = sheet
			.filter(([, , target]) => typeof target === 'number')
			.map(([unit, name, target, value, , , , verdict]) => [
				...[unit, name, percent(target)],
				...[typeof value === 'number' ? percent(value) : '', verdict]
			]);
		for (const row of rows) expect(inExcel).toContainEqual(row);
		const csv = (await get(`/compare/targets.csv?period=${quarter}`)).toString();
		for (const [unit, name, , value] of rows) {
			const line = csv
				.split('\r\n')
				.find((each) => each.startsWith(`${unit},`) && each.includes(name!));
			expect(line).toContain(value!.replace('%', '').replace(',', '.'));
		}
	});
});

it('the owner that is set stands in the sentence about the weakest dimension', async () => {
	const put = async (owners: Record<string, string>) => {
		await go('/setup/owners');
		for (const [name, owner] of Object.entries(owners)) await page.fill(`#${name}`, owner);
		await press(page, 'Lưu');
	};
	const names = ['access', 'procedure', 'conduct', 'result', 'complaints'];
	await put(Object.fromEntries(names.map((name) => [name, 'Tổ cải cách thử'])));
	await go(`/compare?period=${quarter}`);
	expect(await page.locator('.answer').innerText()).toContain(
		'Chủ trì theo kế hoạch: Tổ cải cách thử.'
	);
	// As the plan has it, for whoever reads the demo after us.
	const [office, divisions] = ['Văn phòng', 'các phòng chuyên môn'];
	await put({
		access: '',
		procedure: office,
		conduct: divisions,
		result: divisions,
		complaints: office
	});
});

describe('the outline of the office', () => {
	const upload = async (name: string, buffer: Buffer) => {
		await page.setInputFiles('#file', { name, mimeType: 'application/octet-stream', buffer });
		await press(page, 'Tải lên');
	};
	const outline = (...lines: string[]) =>
		Packer.toBuffer(
			new Document({ sections: [{ children: lines.map((line) => new Paragraph(line)) }] })
		);

	it('is refused with what is wrong in it', async () => {
		await go('/reports/outline');
		await upload('a.docx', Buffer.from('%PDF-1.7'));
		expect(await page.locator('#file-problem').innerText()).toContain('không phải tệp Word');
		await upload('a.docx', await outline('Số liệu: {{so_lieu}}'));
		expect(await page.locator('#file-problem').innerText()).toContain(
			'{{so_lieu}} phải đứng một mình một dòng'
		);
	});

	it('is stored, and its placeholders are told', async () => {
		await upload(
			'Đề cương.docx',
			await outline('V. Kỳ {{Kỳ báo cáo}}', '{{nhan_xet}}', '{{bang_chi_tieu}}', '{{chu_ky}}')
		);
		expect(await page.locator('.answer').innerText()).toContain('Đề cương.docx');
		const [known, unknown] = await page.locator('main dd').allInnerTexts();
		expect(known).toContain('{{bang_chi_tieu}}');
		expect(unknown).toBe('{{chu_ky}}');
	});

	it('carries the sentences of the page and the target table in the section', async () => {
		await go(`/compare?period=${quarter}`);
		const sentence = await page.locator('.answer p span').first().innerText();
		const lines = wordLines(await get(`/compare/section.docx?period=${quarter}`));
		expect(lines[0]).toMatch(/^V\. Kỳ Quý/);
		expect(lines).toContain(sentence);
		expect(lines).toContain('{{chu_ky}}');
		expect(lines).toContain('Chưa đạt');
	});

	it('is taken away again, and ours is used', async () => {
		await go('/reports/outline');
		await press(page, 'Bỏ, dùng lại mẫu có sẵn');
		expect(await page.locator('.answer').innerText()).toContain('mẫu có sẵn');
		const lines = wordLines(await get(`/compare/section.docx?period=${quarter}`));
		expect(lines[0]).toContain('Mức độ hài lòng tại nơi phục vụ');
	});
});

it('a report is handed over, and the list says so', async () => {
	await go('/reports');
	const row = page.locator('tr[data-urgency]', { hasText: 'Cập nhật' }).last();
	const name = await row.locator('b').first().innerText();
	await row.getByRole('link', { name: /Cập nhật/ }).click();
	await page.waitForURL(/reports\/state/);
	await page.fill('#sentOn', '2999-01-01');
	await press(page, 'Lưu');
	expect(await page.locator('#sentOn-problem').innerText()).toContain('chưa đến');
	await page.fill('#sentOn', '2024-01-02');
	await press(page, 'Lưu');
	expect(await page.locator('#sentOn-problem').innerText()).toContain('trước khi kỳ');
	const today = new Date().toLocaleDateString('sv-SE', { timeZone: 'Asia/Ho_Chi_Minh' });
	await page.fill('#sentOn', today);
	await press(page, 'Lưu');
	const told = page.locator('tr[data-urgency]', { hasText: name });
	const [year, month, day] = today.split('-');
	expect(await told.innerText()).toMatch(new RegExp(`Đã gửi[\\s\\S]*${day}/${month}/${year}`));
	expect(await told.getAttribute('data-urgency')).toBe('done');
});

it('an officer opens neither reports nor targets', async () => {
	const { context, page: officer } = await openWindow(browser);
	await signIn(officer, product.url, account('officer'));
	for (const path of ['/reports', '/setup/targets', '/reports/outline']) {
		await officer.goto(product.url + path);
		expect(new URL(officer.url()).pathname).toBe('/office');
	}
	await context.close();
});
