// An administrator sets up the office without a script: the units of the border-gate board in the seeds, twelve counters
// at once, procedures, a code that is replaced, an edit that comes too late, units that close, merge and split.

import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { launchBrowser } from '../support/chromium.ts';
import { follow } from '../support/next-page.ts';
import { foundOffice, joinOffice, type Office } from '../support/office.ts';
import * as staff from '../support/staff.ts';
import { heading, press } from '../support/staff.ts';

const product = inject('product');
const at = (path: string) => product.url + path;

let browser: Browser;
let office: Office;
let administrator: staff.Colleague;
let page: Page;

const text = () => page.locator('main').innerText();
const wrong = () => page.locator('.summary').innerText();

async function open(path: string): Promise<void> {
	await page.goto(at(path));
}
/** Chooses the option whose words hold these; options are indented by depth. */
async function choose(field: string, words: string): Promise<void> {
	const option = page.locator(`#${field} option`, { hasText: words }).first();
	await page.locator(`#${field}`).selectOption((await option.getAttribute('value')) ?? '');
}
async function addUnit(parent: string | null, name: string, kind: string): Promise<void> {
	await open('/setup/units/new');
	if (parent) await choose('parent', parent);
	await page.fill('#names_vi', name);
	await page.locator('#kind').selectOption(kind);
	await press(page, 'Thêm đơn vị');
}
async function openUnit(name: string): Promise<void> {
	await open(`/setup/units?q=${encodeURIComponent(name)}`);
	await page.getByRole('link', { name, exact: true }).click();
	await page.waitForURL(/\/setup\/units\/[0-9a-f-]{36}/);
}
async function openPoint(name: string): Promise<void> {
	await open(`/setup/points?q=${encodeURIComponent(name)}`);
	await page.getByRole('link', { name, exact: true }).first().click();
	await page.waitForURL(/\/setup\/points\/[0-9a-f-]{36}/);
}

beforeAll(async () => {
	browser = await launchBrowser();
	office = await foundOffice(product, 'Ban Quản lý Khu kinh tế cửa khẩu Minh Họa');
	administrator = await joinOffice(product, office, 'administrator');
	page = (await staff.openWindow(browser, { scripts: false })).page;
	await staff.signIn(page, product.url, administrator);
});
afterAll(() => browser.close());

describe('the first page', () => {
	it('says what is missing in the order of a first morning', async () => {
		await open('/setup');
		expect(await page.locator('.answer').innerText()).toContain('Đơn vị');
		const titles = await page.locator('ol h2').allInnerTexts();
		expect(titles.slice(0, 4)).toEqual([
			'Đơn vị',
			'Lĩnh vực và thủ tục',
			'Phiếu lấy ý kiến',
			'Vị trí lấy ý kiến'
		]);
		expect(await page.locator('ol').innerText()).toContain('Phiếu nhanh');
	});

	it('and everything below it is closed to an officer', async () => {
		const officer = await joinOffice(product, office, 'officer');
		const other = (await staff.openWindow(browser, { scripts: false })).page;
		await staff.signIn(other, product.url, officer);
		for (const path of ['/setup', '/setup/units', '/setup/points', '/setup/procedures']) {
			await other.goto(at(path));
			expect(await heading(other)).toBe('Tôi được làm gì ở đây?');
		}
		await other.context().close();
	});
});

describe('units', () => {
	it('tells at the field what is missing, and keeps what was typed', async () => {
		await open('/setup/units/new');
		await page.fill('#ref', 'VP');
		await press(page, 'Thêm đơn vị');
		expect(await page.title()).toContain('Lỗi');
		expect(await page.locator('#names_vi-problem').innerText()).toBe('Hãy nhập tên.');
		expect(await page.locator('#ref').inputValue()).toBe('VP');
	});

	it('are those of the board in the seeds', async () => {
		await addUnit(null, 'Văn phòng', 'office');
		await addUnit(null, 'Phòng Kế hoạch tổng hợp', 'division');
		await addUnit(null, 'Phòng Quản lý doanh nghiệp', 'division');
		await addUnit(null, 'Bộ phận Một cửa', 'one_stop');
		await addUnit(null, 'Trung tâm Quản lý cửa khẩu', 'centre');
		await addUnit('Trung tâm Quản lý cửa khẩu', 'Cửa khẩu Hữu Nghị', 'gate');
		await addUnit('Trung tâm Quản lý cửa khẩu', 'Cửa khẩu Tân Thanh', 'gate');
		await open('/setup/units');
		const names = await page.locator('main ul .name').allInnerTexts();
		expect(names).toEqual([
			'Văn phòng',
			'Phòng Kế hoạch tổng hợp',
			'Phòng Quản lý doanh nghiệp',
			'Bộ phận Một cửa',
			'Trung tâm Quản lý cửa khẩu',
			'Cửa khẩu Hữu Nghị',
			'Cửa khẩu Tân Thanh'
		]);
	});

	it('are found without diacritics', async () => {
		await open('/setup/units?q=cua khau tan');
		expect(await page.locator('main ul .name').allInnerTexts()).toEqual(['Cửa khẩu Tân Thanh']);
		await open('/setup/units?q=khong co');
		expect(await text()).toContain('Không có đơn vị nào khớp');
	});

	it('have a code of their own', async () => {
		await openUnit('Văn phòng');
		await page.fill('#ref', 'VP');
		await press(page, 'Lưu');
		expect(await text()).toContain('Đã lưu');
		await openUnit('Bộ phận Một cửa');
		await page.fill('#ref', 'VP');
		await press(page, 'Lưu');
		expect(await page.locator('#ref-problem').innerText()).toContain('Mã này đã dùng');
	});

	it('cannot stand under themselves', async () => {
		await openUnit('Trung tâm Quản lý cửa khẩu');
		await page.getByRole('link', { name: 'Chuyển sang đơn vị cấp trên khác' }).click();
		await choose('parent', 'Cửa khẩu Hữu Nghị');
		await press(page, 'Chuyển đơn vị');
		expect(await page.locator('#parent-problem').innerText()).toContain('dưới chính nó');
	});

	it('show both versions when two people edit one, and overwrite nothing by accident', async () => {
		await openUnit('Văn phòng');
		const other = await page.context().newPage();
		await other.goto(page.url());
		await other.fill('#names_vi', 'Văn phòng Ban Quản lý');
		await press(other, 'Lưu');
		await other.close();
		await page.fill('#names_vi', 'Văn phòng tổng hợp');
		await press(page, 'Lưu');
		const told = await wrong();
		expect(told).toContain('Người khác vừa sửa mục này');
		expect(told).toContain('Văn phòng Ban Quản lý');
		expect(told).toContain('Văn phòng tổng hợp');
		expect(await page.locator('#names_vi').inputValue()).toBe('Văn phòng tổng hợp');
		await press(page, 'Lưu');
		expect(await heading(page)).toBe('Văn phòng tổng hợp');
	});
});

describe('procedures', () => {
	it('are added under their group and found without diacritics', async () => {
		await open('/setup/procedures');
		expect(await text()).toContain('Chưa có lĩnh vực');
		await page.getByRole('link', { name: 'Thêm lĩnh vực' }).click();
		await page.fill('#names_vi', 'Đầu tư');
		await page.fill('#ref', 'DT');
		await choose('decides', 'Phòng Quản lý doanh nghiệp');
		await press(page, 'Lưu');
		await page.getByRole('link', { name: 'Thêm lĩnh vực' }).click();
		await page.fill('#names_vi', 'Quy hoạch');
		await page.fill('#ref', 'DT');
		await choose('decides', 'Phòng Kế hoạch tổng hợp');
		await press(page, 'Lưu');
		expect(await page.locator('#ref-problem').innerText()).toContain('Mã này đã dùng');
		await page.fill('#ref', 'QH');
		await press(page, 'Lưu');
		await page.getByRole('link', { name: 'Thêm thủ tục' }).click();
		await page.fill('#name', 'Cấp giấy chứng nhận đăng ký đầu tư');
		await page.fill('#ref', '1.009645');
		await choose('group', 'Đầu tư');
		await press(page, 'Lưu');
		await page.fill('#q', 'chung nhan dang ky');
		await press(page, 'Tìm');
		expect(await page.locator('main').innerText()).toContain('1.009645');
		expect(await page.locator('tbody').last().innerText()).toContain('Phòng Quản lý doanh nghiệp');
	});
});

describe('service points', () => {
	it('are added twelve at once, seen before', async () => {
		await open('/setup/points/many');
		await page.fill('#labels_vi', 'Quầy');
		await page.locator('summary', { hasText: 'Bản dịch' }).first().click();
		await page.fill('#labels_zh', '{n}号窗口');
		await choose('place', 'Bộ phận Một cửa');
		await choose('group_1', 'Quy hoạch');
		await choose('group_2', 'Đầu tư');
		await press(page, 'Xem trước');
		const preview = await page.locator('section.notice').innerText();
		expect(preview).toContain('Quầy 12 · 12号窗口');
		await press(page, 'Thêm 12 vị trí');
		expect(await text()).toContain('Đã thêm 12 vị trí');
		const labels = await page.locator('tbody a.name').allInnerTexts();
		expect(labels).toEqual(Array.from({ length: 12 }, (_, n) => `Quầy ${n + 1}`));
	});

	it('are added all or not at all', async () => {
		await open('/setup/points/many');
		await page.fill('#labels_vi', 'Quầy');
		await page.fill('#first', '12');
		await page.fill('#last', '14');
		await choose('place', 'Bộ phận Một cửa');
		await press(page, 'Xem trước');
		await press(page, 'Thêm 3 vị trí');
		expect(await page.locator('#labels_vi-problem').innerText()).toContain('trùng tên');
		await open('/setup/points');
		expect(await page.locator('tbody tr').count()).toBe(12);
	});

	it('ask what people came for where several units decide', async () => {
		await openPoint('Quầy 2');
		await follow(page.locator('a.address'));
		expect(await page.locator('body').innerText()).toContain('Hôm nay Ông/Bà làm việc gì?');
	});

	it('say at a gate that customs, border guard and quarantine are not meant', async () => {
		await open('/setup/points/new');
		await page.fill('#labels_vi', 'Quầy thu phí');
		await choose('place', 'Cửa khẩu Tân Thanh');
		await press(page, 'Thêm vị trí');
		await openPoint('Quầy thu phí');
		await follow(page.locator('a.address'));
		expect(await page.locator('body').innerText()).toContain(
			'Không hỏi về Hải quan, Biên phòng, Kiểm dịch'
		);
	});

	it('are switched off with a reason, and on again', async () => {
		await openPoint('Quầy 12');
		await page.locator('summary', { hasText: 'Tắt vị trí này' }).click();
		await press(page, 'Tắt vị trí');
		expect(await page.locator('#reason-problem').innerText()).toBe('Hãy ghi lý do.');
		await page.fill('#reason', 'Quầy đang sửa');
		await press(page, 'Tắt vị trí');
		expect(await text()).toContain('Quầy đang sửa');
		const address = await page.locator('a.address').getAttribute('href');
		expect((await fetch(at(address!))).status).toBe(410);
		await press(page, 'Mở lại vị trí');
		expect((await fetch(at(address!))).status).toBe(200);
	});

	it('show both versions when two people edit one', async () => {
		await openPoint('Quầy 11');
		const other = await page.context().newPage();
		await other.goto(page.url());
		await other.locator('input[name=moment][value=return]').check();
		await press(other, 'Lưu');
		await other.close();
		await page.locator('input[name=moment][value=receive]').check();
		await press(page, 'Lưu');
		const told = await wrong();
		expect(told).toContain('Nhận kết quả');
		expect(told).toContain('Nộp hồ sơ');
	});

	it('are ticked once a month when somebody has looked at the code', async () => {
		await open('/setup/points?show=unchecked');
		expect(await page.locator('tbody tr').count()).toBe(13);
		await page.locator('input[name=point]').nth(0).check();
		await page.locator('input[name=point]').nth(1).check();
		await press(page, 'Ghi các mã đã đánh dấu');
		expect(await text()).toContain('2 mã được kiểm tra');
		await open('/setup/points?show=unchecked');
		expect(await page.locator('tbody tr').count()).toBe(11);
		await openPoint('Quầy 1');
		expect(await page.locator('section.code').innerText()).toContain(administrator.name);
	});

	it('get a new code at will, and the old one says that it was replaced', async () => {
		await openPoint('Quầy 3');
		const old = await page.locator('a.address').getAttribute('href');
		await page.getByRole('link', { name: 'Đổi mã QR' }).click();
		await press(page, 'Đổi mã');
		expect(await page.locator('#reason-problem').innerText()).toBe('Hãy ghi lý do.');
		await page.fill('#reason', 'Bị dán đè mã khác');
		await page.locator('#sure').check();
		await press(page, 'Đổi mã');
		expect(await text()).toContain('Đã đổi mã');
		const fresh = await page.locator('a.address').getAttribute('href');
		expect(fresh).not.toBe(old);
		expect((await fetch(at(fresh!))).status).toBe(200);
		for (const [language, sentence] of [
			['vi', 'Mã này đã được thay'],
			['zh', '此二维码已更换'],
			['en', 'This code has been replaced']
		] as const) {
			const answer = await fetch(`${at(old!)}?lang=${language}`);
			expect(answer.status).toBe(410);
			expect(await answer.text()).toContain(sentence);
		}
	});
});

describe('reorganising', () => {
	it('refuses to close a unit with open points, and names them', async () => {
		await openUnit('Bộ phận Một cửa');
		await follow(page.getByRole('link', { name: 'Kết thúc hoạt động' }));
		expect(await text()).toContain('Quầy 12');
		await page.fill('#reason', 'Sắp xếp lại');
		await press(page, 'Kết thúc đơn vị');
		expect(await wrong()).toContain('còn vị trí lấy ý kiến đang mở');
		expect(await page.locator('#reason').inputValue()).toBe('Sắp xếp lại');
	});

	it('merges two divisions into a new one, which decides what they decided', async () => {
		await open('/setup/units/merge');
		await choose('unit_1', 'Phòng Kế hoạch tổng hợp');
		await choose('unit_2', 'Phòng Quản lý doanh nghiệp');
		await page.locator('input[name=into][value=new]').check();
		await page.fill('#names_vi', 'Phòng Kế hoạch và Doanh nghiệp');
		await page.locator('#kind').selectOption('division');
		await page.fill('#reason', 'Quyết định sáp nhập');
		await press(page, 'Sáp nhập');
		expect(await heading(page)).toBe('Phòng Kế hoạch và Doanh nghiệp');
		expect(await text()).toContain(
			'Kết quả trước sáp nhập, chia tách: Phòng Kế hoạch tổng hợp, Phòng Quản lý doanh nghiệp'
		);
		await open('/setup/procedures');
		const groups = await page.locator('tbody').first().innerText();
		expect(groups.match(/Phòng Kế hoạch và Doanh nghiệp/g)).toHaveLength(2);
		await open('/setup/units?closed=1');
		expect(await page.locator('main ul .name').count()).toBe(2);
	});

	it('splits the one-stop section, each counter going where it was sent', async () => {
		await openUnit('Bộ phận Một cửa');
		await page.getByRole('link', { name: 'Chia tách đơn vị' }).click();
		await page.fill('#part_0', 'Một cửa Đồng Đăng');
		await page.fill('#part_1', 'Một cửa Tân Thanh');
		await page.fill('#reason', 'Quyết định chia tách');
		await press(page, 'Chia tách');
		expect(await wrong()).toContain('chọn đơn vị mới cho từng vị trí');
		const fields = page.locator('select[id^=to_]');
		for (let n = 0; n < (await fields.count()); n++) {
			await fields.nth(n).selectOption(n < 4 ? '0' : '1');
		}
		await press(page, 'Chia tách');
		expect(await text()).toContain(
			'Kết quả sau sáp nhập, chia tách: Một cửa Tân Thanh, Một cửa Đồng Đăng'
		);
		await open('/setup/points?q=mot cua dong dang');
		expect(await page.locator('tbody tr').count()).toBe(4);
	});

	it('removes what was added by mistake, and only that', async () => {
		await addUnit(null, 'Thêm nhầm', 'yard');
		await openUnit('Thêm nhầm');
		await press(page, 'Xóa đơn vị');
		expect(await text()).toContain('Đã xóa đơn vị');
		await openUnit('Một cửa Đồng Đăng');
		expect(await page.getByRole('button', { name: 'Xóa đơn vị' }).count()).toBe(0);
	});
});
