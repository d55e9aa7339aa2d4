// A leader compares units of the demo and takes the report home: sentence, cell, Word, Excel and CSV say the same.

import { unzipSync } from 'fflate';
import type { Browser, Page } from 'playwright';
import readXlsxFile from 'read-excel-file/node';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { launchBrowser } from '../support/chromium.ts';
import { openWindow, signIn } from '../support/staff.ts';

const product = inject('product');
let browser: Browser;
let page: Page;

const account = (role: string) => {
	const { email, password } = product.accounts.find((each) => each.role === role)!;
	return { name: role, email, password };
};
const fileOf = async (link: string) => {
	const href = await page.getByRole('link', { name: link }).first().getAttribute('href');
	const answer = await page.request.get(product.url + href!);
	expect(answer.status()).toBe(200);
	return answer.body();
};
const wordText = (file: Buffer) =>
	new TextDecoder()
		.decode(unzipSync(new Uint8Array(file))['word/document.xml'])
		.replaceAll('</w:p>', '\n')
		.replaceAll(/<[^>]+>/g, '');

beforeAll(async () => {
	browser = await launchBrowser();
	({ page } = await openWindow(browser));
	await signIn(page, product.url, account('leader'), '/compare?peers=gate');
});
afterAll(() => browser.close());

describe('comparing', () => {
	it('begins with the answer in sentences', async () => {
		const sentences = await page.locator('.answer p span').allInnerTexts();
		expect(sentences[0]).toMatch(/^\d{2},\d% người trả lời hài lòng; thực tế có thể từ/);
		expect(sentences[1]).toMatch(/^So với|^Chưa/);
		expect(sentences.length).toBeGreaterThan(2);
	});

	it('shows every gate with figure, interval and number of answers, in a group', async () => {
		const rows = page.locator('section[data-group] li');
		expect(await rows.count()).toBe(2);
		for (const text of await rows.allInnerTexts()) {
			expect(text).toMatch(/\d{2},\d%[\s\S]*\d{2},\d–\d{2,3},\d%[\s\S]*\d/);
		}
		await page.locator('canvas[data-drawn=true]').first().waitFor();
	});

	it('keeps everything that is chosen in the address', async () => {
		await page.selectOption('#measure', { label: 'Công chức, viên chức phục vụ' });
		await page.getByRole('button', { name: 'Xem', exact: true }).click();
		await page.waitForURL(/measure=C0/);
		expect(page.url()).toContain('peers=gate');
		expect(await page.locator('#groups').innerText()).toContain('Công chức, viên chức phục vụ');
	});

	it('falls back to the nearest choice and says so', async () => {
		await page.goto(`${product.url}/compare?period=1999-Q1&peers=gate`);
		expect(await page.getByRole('status').innerText()).toContain('lựa chọn gần nhất');
		expect(await page.locator('section[data-group] li').count()).toBe(2);
	});

	it('is not for officers', async () => {
		const officer = (await openWindow(browser)).page;
		await signIn(officer, product.url, account('officer'), '/compare');
		expect(new URL(officer.url()).pathname).toBe('/office');
		await officer.context().close();
	});
});

describe('the trend', () => {
	const rowsOf = () =>
		page
			.locator('tbody tr')
			.evaluateAll((rows) =>
				rows.map((row) => [...row.children].map((cell) => cell.textContent!.trim()))
			);

	it('draws closed months within their limits, point by point under the arrow keys', async () => {
		await page.goto(`${product.url}/compare/trend?step=month`);
		expect(await page.locator('.answer p').first().innerText()).toMatch(
			/^Tháng \d+ năm \d{4}: \d{2},\d%/
		);
		await page.locator('canvas[data-drawn=true]').waitFor();
		const rows = await rowsOf();
		const points = page.locator('.points button');
		expect(await points.count()).toBe(rows.length);
		await points.last().focus();
		await page.keyboard.press('ArrowLeft');
		// The table is newest first: the point before the last is its second row.
		const label = await page.evaluate(() => document.activeElement!.getAttribute('aria-label'));
		const [name, value, interval] = rows[1]!;
		expect(label).toContain(`${name}: ${value} · (${interval})`);
	});

	it('says the same in its CSV', async () => {
		const rows = await rowsOf();
		const lines = (await fileOf('CSV')).toString('utf8').trim().split('\r\n').slice(1);
		expect(lines.length).toBe(rows.length);
		lines.forEach((line, at) => {
			const [name, value, count] = [rows[at]![0], rows[at]![1], rows[at]![3]];
			const percent = Number(value!.replace('%', '').replace(',', '.'));
			expect(line.startsWith(`${name},${percent},`)).toBe(true);
			expect(line).toContain(`,${count!.replace('.', '')},`);
		});
	});

	it('falls back to what there is and says so', async () => {
		await page.goto(`${product.url}/compare/trend?measure=Z&step=fortnight`);
		expect(await page.getByRole('status').innerText()).toContain('lựa chọn gần nhất');
	});
});

describe('what would help', () => {
	it('holds the items of a gate against its peer, and calls an association one', async () => {
		await page.goto(`${product.url}/compare?peers=gate`);
		const gate = await page.locator('section[data-group] li a').first().getAttribute('href');
		const of = new URL(gate!, product.url).searchParams.get('of')!;
		await page.goto(`${product.url}/compare/help?of=${of}`);
		expect(await page.locator('.answer p').first().innerText()).toContain('cùng loại');
		const first = await page.locator('tbody tr').first().innerText();
		expect(first).toMatch(/[−+]?\d+,\d \(từ [−\d,]+ đến [−\d,]+\)/);
		expect(await page.locator('.office-page').innerText()).toContain(
			'Đi cùng không phải là nguyên nhân'
		);
		expect((await fileOf('CSV')).toString('utf8')).toContain('C0');
	});

	it('shows an analyst of less what he may see, and that there is more', async () => {
		await page.goto(`${product.url}/compare/help?of=${crypto.randomUUID()}`);
		expect(await page.getByRole('status').innerText()).toContain('không được xem');
	});
});

describe('the report', () => {
	beforeAll(() => page.goto(`${product.url}/compare?peers=gate`));

	it('says in Word what the page says, ready to sign', async () => {
		const sentences = await page.locator('.answer p span').allInnerTexts();
		const text = wordText(await fileOf('Word: báo cáo đầy đủ (Nghị định 30/2020)'));
		for (const sentence of sentences) expect(text).toContain(sentence);
		expect(text).toContain('CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM');
		const section = wordText(await fileOf('Word: mục để dán vào báo cáo CCHC'));
		expect(section).toContain(sentences[0]);
		expect(section).not.toContain('CỘNG HÒA');
	});

	it('ranks answers with a one-time code only, with a range, alike in page, Word, Excel and CSV', async () => {
		const closed = await page.locator('#period option[value*="-Q"]').nth(1).getAttribute('value');
		await page.goto(`${product.url}/compare?peers=gate&period=${closed}`);
		await page.getByText('Cách tính và nguồn số liệu').click();
		const shown = await page
			.locator('details table')
			.last()
			.locator('tbody tr')
			.evaluateAll((rows) => rows.map((row) => row.children[1]!.textContent!));
		expect(shown.length).toBe(2);
		for (const rank of shown) expect(rank).toMatch(/^hạng \d+–\d+\/2$/);
		const word = wordText(await fileOf('Word: báo cáo đầy đủ (Nghị định 30/2020)'));
		const csv = (await fileOf('CSV')).toString('utf8');
		const excel = (await readXlsxFile(await fileOf('Excel')))[0]!.data.map((row) => row.at(-1));
		for (const rank of shown) {
			expect(word).toContain(rank);
			expect(csv).toContain(rank);
			expect(excel).toContain(rank);
		}
		await page.goto(`${product.url}/compare?peers=gate`);
	});

	it('holds the figures of the page in Excel and CSV, to the last digit', async () => {
		const shown = await page.locator('section[data-group] li').evaluateAll((rows) =>
			rows.map((row) => ({
				name: row.querySelector('.name')!.textContent!.trim(),
				value: row.querySelector('.value')!.textContent!.trim(),
				count: row.querySelector('.wide')!.textContent!.trim()
			}))
		);
		const sheets = await readXlsxFile(await fileOf('Excel'));
		const units = sheets[0]!.data;
		const lines = (await fileOf('CSV')).toString('utf8').split('\r\n');
		for (const { name, value, count } of shown) {
			const percent = Number(value.replace('%', '').replace(',', '.'));
			const persons = Number(count.replace('.', ''));
			const row = units.find(([first]) => first === name)!;
			expect([row[1], row[4]]).toEqual([percent, persons]);
			expect(lines.some((line) => line.startsWith(`${name},Hài lòng chung,${percent},`))).toBe(
				true
			);
		}
	});
});
