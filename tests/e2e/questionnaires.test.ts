// A questionnaire from its first draft to an answer, and its second version: in a real browser without scripts, as
// the administrator of the demo. What it puts in force at a gate is taken back at the end.

import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { withDatabase } from '../../supabase/local/migrations.ts';
import { launchBrowser } from '../support/chromium.ts';
import { follow } from '../support/next-page.ts';
import * as staff from '../support/staff.ts';
import { heading, press } from '../support/staff.ts';

const product = inject('product');
const NAME = `Phiếu thử ${crypto.randomUUID().slice(0, 6)}`;
const OWN_TEXT = 'Chỗ đỗ xe chờ làm thủ tục đủ và sạch';

let browser: Browser;
let page: Page;
let draft: string;
let unit: string;

const text = (of = page) => of.locator('main').innerText();
const open = (path: string) => page.goto(`${product.url}${path}`);
const point = () => {
	const { url } = product.servicePoints.find((one) => /Hữu Nghị/.test(one.unit))!;
	return product.url + new URL(url).pathname;
};

/** Presses the button of the form that holds this field. */
async function pressBeside(field: string): Promise<void> {
	await follow(page.locator('form', { has: page.locator(field) }).locator('[type=submit]'));
}

/** The citizen's form, in a browser of its own; what is remembered of it is 5 seconds old at most. */
async function citizenForm(expected: string, language = 'vi'): Promise<Page> {
	const { page: phone } = await staff.openWindow(browser, { width: 360, scripts: false });
	for (let tries = 0; tries < 20; tries++) {
		await phone.goto(`${point()}?lang=${language}`);
		if ((await phone.content()).includes(expected)) return phone;
		await phone.waitForTimeout(500);
	}
	throw new Error(`the form does not show "${expected}"`);
}

beforeAll(async () => {
	browser = await launchBrowser();
	const account = product.accounts.find(({ role }) => role === 'administrator')!;
	({ page } = await staff.openWindow(browser, { scripts: false }));
	await staff.signIn(page, product.url, { name: '', ...account });
	unit = await withDatabase(product.databaseUrl, async (client) => {
		const { rows } = await client.query<{ id: string }>(
			`select u.id from public.units as u join public.organisations as o on o.id = u.organisation_id and o.is_demo
			where u.names ->> 'vi' = 'Cửa khẩu Hữu Nghị'`
		);
		return rows[0]!.id;
	});
});
afterAll(async () => {
	await withDatabase(product.databaseUrl, (client) =>
		client.query('update public.units set questionnaire_id = null where id = $1', [unit])
	);
	await browser.close();
});

describe('a draft', () => {
	it('starts from a form that is there', async () => {
		await open('/setup/questionnaires/start');
		await press(page, 'Lập bản nháp');
		expect(await text()).toContain('Hãy chọn bắt đầu từ đâu');
		await page.locator('input[name=from][value=nine]').check();
		await page.fill('#name', NAME);
		await press(page, 'Lập bản nháp');
		expect(await heading(page)).toBe(`${NAME}, bản nháp phiên bản 1`);
		expect(await page.locator('.items li').count()).toBe(10);
		draft = new URL(page.url()).pathname;
	});

	it('has its words changed, side by side, and keeps what was typed when something is wrong', async () => {
		await open(`${draft}/item/C1`);
		await page.fill('#text_vi', '');
		await page.fill('#text_en', 'Staff at the gate are polite');
		await press(page, 'Lưu câu hỏi');
		expect(await page.locator('#text_vi-problem').innerText()).toContain('tiếng Việt');
		expect(await page.locator('#text_en').inputValue()).toBe('Staff at the gate are polite');
		await page.fill('#text_vi', 'Nhân viên lịch sự, tôn trọng người dân và lái xe');
		await press(page, 'Lưu câu hỏi');
		expect(await page.locator('#item-C1').innerText()).toContain('lái xe');
	});

	it('gets a question of its own with a code that never meant anything', async () => {
		await page.selectOption('#dimension', 'access');
		await press(page, 'Soạn câu mới');
		expect(await heading(page)).toBe('Câu mới: A4');
		await page.fill('#text_vi', OWN_TEXT);
		await page.locator('input[name=asked][value="always:unknown"]').check();
		await press(page, 'Lưu câu hỏi');
		const row = await page.locator('#item-A4').innerText();
		expect(row).toContain(OWN_TEXT);
		expect(row).toContain('Thiếu lời: Tiếng Trung, Tiếng Anh');
	});

	it('gets a ready question, moves it, and removes another', async () => {
		await page.selectOption('#ready', 'B4');
		await press(page, 'Thêm câu này');
		await press(page, 'Chuyển B4 lên');
		const codes = await page.locator('.items .code').allInnerTexts();
		expect(codes.join(' ')).toBe('A4 B1 B2 B4 B3 C1 C2 D1 D2 E1 E3 S0');
		await open(`${draft}/item/B4`);
		await press(page, 'Bỏ câu hỏi');
		expect(await text()).toContain('Hãy đánh dấu');
		await page.check('#sure');
		await press(page, 'Bỏ câu hỏi');
		expect(await page.locator('#item-B4').count()).toBe(0);
	});

	it('asks optional questions only when they are chosen, and the ethnic group only with a reason', async () => {
		await open(`${draft}/facts`);
		expect(await page.locator('input[name=fact]:checked').count()).toBe(1);
		await page.check('#fact-P1');
		await page.check('#fact-P5');
		await press(page, 'Lưu lựa chọn');
		expect(await page.locator('#reason-problem').innerText()).toContain('ít nhất 20 ký tự');
		expect(await page.locator('#fact-P1').isChecked()).toBe(true);
		await page.uncheck('#fact-P5');
		await press(page, 'Lưu lựa chọn');
		expect(await text()).toContain('P1: Ông/Bà ở nhóm tuổi nào?');
		await open(`${draft}/facts/new`);
		await page.fill('#text_vi', 'Ông/Bà đi xe gì?');
		await page.fill('#choice_1_vi', 'Xe tải');
		await press(page, 'Lưu câu hỏi');
		expect(await text()).toContain('Cần ít nhất hai câu trả lời');
		await page.fill('#choice_2_vi', 'Xe khác');
		await press(page, 'Lưu câu hỏi');
		expect(await text()).toContain('Q1: Ông/Bà đi xe gì?');
	});

	it('is translated, and the translation read by somebody', async () => {
		await open(`${draft}/item/A4`);
		await page.fill('#text_zh', '等候停车位足够、干净');
		await page.fill('#text_en', 'There is enough clean parking');
		await press(page, 'Lưu câu hỏi');
		await open(`${draft}/facts/Q1`);
		for (const [field, words] of Object.entries({
			text: '您开什么车?',
			choice_1: '货车',
			choice_2: '其他'
		})) {
			await page.fill(`#${field}_zh`, words);
		}
		await press(page, 'Lưu câu hỏi');
		await page.fill('#by_zh', 'Người biết tiếng Trung');
		await follow(page.locator('form', { has: page.locator('#by_zh') }).getByRole('button'));
		const said = await text();
		expect(said).toMatch(/Đã kiểm chứng: Người biết tiếng Trung đọc ngày/);
		expect(said).toMatch(/Tiếng Anh\s+Bản dịch chưa kiểm chứng\s+Còn thiếu lời ở 1 câu:\s+Q1/);
	});

	it('takes a recording, and refuses what is none', async () => {
		await open(`${draft}/item/A4`);
		const upload = async (buffer: Buffer) => {
			await page.setInputFiles('#audio_vi', { name: 'a4.opus', mimeType: 'audio/ogg', buffer });
			await pressBeside('#audio_vi');
		};
		await upload(Buffer.from('no sound at all'));
		expect(await page.locator('#audio_vi-problem').innerText()).toContain('không phải tệp');
		await upload(Buffer.alloc(204_801, 'OggS'));
		expect(await page.locator('#audio_vi-problem').innerText()).toContain('200 KB');
		await upload(Buffer.concat([Buffer.from('OggS'), Buffer.alloc(3000, 7)]));
		expect(await text()).toContain('Đã lưu bản ghi âm.');
	});

	it('tells of a colleague who changed the same question meanwhile, with both versions', async () => {
		const account = product.accounts.find(({ role }) => role === 'administrator')!;
		const { page: other } = await staff.openWindow(browser, { scripts: false });
		await staff.signIn(other, product.url, { name: '', ...account });
		await other.goto(`${product.url}${draft}/item/C2`);
		await open(`${draft}/item/C2`);
		await page.fill('#help_vi', 'của người thứ nhất');
		await press(page, 'Lưu câu hỏi');
		await other.fill('#help_vi', 'của người thứ hai');
		await press(other, 'Lưu câu hỏi');
		const seen = await text(other);
		expect(seen).toContain('của người thứ nhất');
		expect(await other.locator('#help_vi').inputValue()).toBe('của người thứ hai');
		await press(other, 'Lưu câu hỏi');
		expect(await other.locator('#item-C2').innerText()).toContain('của người thứ hai');
		await other.context().close();
	});
});

describe('publishing', () => {
	it('is preceded by the form on a phone, from which nothing can be sent', async () => {
		await open(`${draft}/preview?in=zh`);
		const shown = page.frameLocator('iframe');
		await shown.getByText('等候停车位足够、干净').waitFor();
		expect(await page.locator('iframe').getAttribute('sandbox')).toBe('allow-scripts');
		const box = await page.locator('iframe').boundingBox();
		expect(box?.width).toBeLessThanOrEqual(368);
		const address = await page.locator('iframe').getAttribute('src');
		const posted = await page.request.post(`${product.url}${address}`, { form: { S0: '5' } });
		expect([403, 405]).toContain(posted.status());
	});

	it('says in words what it means and freezes the version', async () => {
		await open(`${draft}/publish`);
		expect(await text()).toContain('Đây là phiên bản đầu tiên: cả 11 câu');
		await press(page, 'Ban hành');
		expect(await text()).toContain('Hãy đánh dấu là đã xem thử');
		await page.check('#sure');
		await press(page, 'Ban hành');
		expect(await text()).toContain('Đã ban hành. Phiếu này chưa được chọn ở đâu');
		await open(draft);
		expect(await text()).toContain('không sửa được nữa');
		expect(await page.locator('form[id=move]').count()).toBe(0);
	});

	it('lets a unit choose it, and the points below ask it', async () => {
		await open(`/setup/questionnaires/in-force?q=huu+nghi`);
		await follow(page.getByRole('link', { name: 'Cửa khẩu Hữu Nghị' }));
		expect(await text()).toMatch(/Phiếu nhanh\s+Thừa hưởng từ Ban Quản lý/);
		const choice = page.locator(`#of-${unit}`);
		await choice.selectOption({ label: `${NAME} (phiên bản 1)` });
		await pressBeside(`#of-${unit}`);
		expect(await text()).toMatch(new RegExp(`${NAME}\\s+Chọn tại đây`));
	});

	it('shows it at the point, in Chinese too, with its recording, and takes an answer', async () => {
		const chinese = await citizenForm('等候停车位足够、干净', 'zh');
		expect(await chinese.content()).toContain('您开什么车?');
		expect(await chinese.locator('audio').count()).toBe(0);
		await chinese.context().close();

		const phone = await citizenForm(OWN_TEXT);
		const player = phone.locator('fieldset', { hasText: OWN_TEXT }).locator('audio');
		expect(await player.getAttribute('preload')).toBe('none');
		expect(await player.getAttribute('autoplay')).toBeNull();
		const address = product.url + (await player.getAttribute('src'));
		const whole = await fetch(address);
		expect(whole.headers.get('content-type')).toBe('audio/ogg');
		expect(whole.headers.get('cache-control')).toContain('immutable');
		expect((await whole.arrayBuffer()).byteLength).toBe(3004);
		const part = await fetch(address, { headers: { range: 'bytes=0-3' } });
		expect([part.status, await part.text()]).toEqual([206, 'OggS']);

		await phone.check('#A4-5', { force: true });
		await phone.check('#S0-4', { force: true });
		await phone.check('#P1-2', { force: true });
		await follow(phone.getByRole('button', { name: 'Gửi ý kiến' }).last());
		expect(await phone.locator('h1').innerText()).toContain('Cảm ơn');
		await phone.context().close();
		const stored = await withDatabase(product.databaseUrl, async (client) => {
			const { rows } = await client.query<{ facts: unknown }>(
				`select r.facts from public.responses as r join private.strata as s on s.id = r.stratum_id
				where s.version_id = $1`,
				[draft.split('/').at(-1)]
			);
			return rows;
		});
		expect(stored).toEqual([{ facts: { P1: [2] } }]);
	});
});

describe('the second version', () => {
	it('keeps the codes and says which series go on, begin and end', async () => {
		await open('/setup/questionnaires');
		await follow(page.getByRole('link', { name: NAME }));
		await press(page, 'Soạn phiên bản tiếp theo');
		const next = new URL(page.url()).pathname;
		await open(`${next}/item/A4`);
		expect(await text()).toContain('Mã A4 đã được ban hành với ý nghĩa này');
		await page.fill('#text_vi', 'Chỗ đỗ xe chờ đủ, sạch, có mái che');
		await press(page, 'Lưu câu hỏi');
		await open(`${next}/item/B3`);
		await page.check('#sure');
		await press(page, 'Bỏ câu hỏi');
		await page.selectOption('#ready', 'A1');
		await press(page, 'Thêm câu này');
		await open(`${next}/publish`);
		const words = await text();
		expect(words).toContain('So với phiên bản 1:');
		expect(words).toMatch(/Câu: .*B1, B2.*S0/);
		expect(words).toContain(`A4: “${OWN_TEXT}” thành “Chỗ đỗ xe chờ đủ, sạch, có mái che”`);
		expect(words).toContain('Thủ tục hành chính: trước tính trên B1, B2, B3, nay tính trên B1, B2');
		expect(words).toMatch(/Câu mới[^]*A1: Biển chỉ dẫn/);
		expect(words).toMatch(/Không hỏi nữa[^]*B3: Chỉ phải nộp phí/);
		await page.check('#sure');
		await press(page, 'Ban hành');
		expect(await text()).toMatch(/Phiên bản mới đang được hỏi ở \d+ vị trí/);
		const phone = await citizenForm('có mái che');
		await phone.context().close();
	});
});
