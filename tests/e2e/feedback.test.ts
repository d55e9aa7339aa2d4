// What the people of a unit read, in a real browser without a script: the picture, why four answers show nothing yet,
// one printed page, alerts that two people answer, and the webhook that an administrator sets.

import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { withDatabase } from '../../supabase/local/migrations.ts';
import { launchBrowser } from '../support/chromium.ts';
import { openForm, postForm } from '../support/citizen.ts';
import { heading, openWindow, press } from '../support/staff.ts';

const product = inject('product');
let browser: Browser;

async function rows<T extends object>(sql: string, values: unknown[] = []): Promise<T[]> {
	return withDatabase(
		product.databaseUrl,
		async (client) => (await client.query<T>(sql, values)).rows
	);
}

async function signedIn(role: string, width = 1280): Promise<Page> {
	const { email, password } = product.accounts.find((account) => account.role === role)!;
	const { page } = await openWindow(browser, { width, scripts: false });
	await page.goto(`${product.url}/sign-in`);
	await page.fill('#email', email);
	await page.fill('#password', password);
	await press(page, 'Đăng nhập');
	return page;
}
const open = async (page: Page, path: string) => (await page.goto(product.url + path))!.status();
const text = (page: Page) => page.locator('main').innerText();

let officer: Page;
let leader: Page;
beforeAll(async () => {
	browser = await launchBrowser();
	[officer, leader] = await Promise.all([signedIn('officer'), signedIn('leader')]);
});
afterAll(() => browser.close());

describe('the picture of a unit', () => {
	it('says first what the figures say, then each dimension with interval, answers and change', async () => {
		expect(await open(officer, '/feedback')).toBe(200);
		expect(await heading(officer)).toBe('Người dân nói gì với Bộ phận Một cửa');
		expect(await officer.locator('section.answer').innerText()).toMatch(
			/Cứ 100 người trả lời thì khoảng \d+ người hài lòng; thực tế có thể từ \d+,\d% đến \d+,\d%/
		);
		const overall = await officer.locator('[data-measure=S0]').innerText();
		expect(overall).toMatch(/[\d.]+ phiếu/);
		expect(overall).toMatch(/\d+,\d%\s+\d+,\d–\d+,\d%/);
		expect(overall).toMatch(/chưa thấy thay đổi rõ|▲ tăng|▼ giảm/);
		expect(await text(officer)).toContain('Không đủ căn cứ để đánh giá hay kỷ luật một cá nhân.');
		expect(await text(officer)).toContain('Không phải Chỉ số SIPAS');
		// One receives, another decides: this unit has no figure of its own for procedure and result.
		expect(await officer.locator('[data-measure=B]').count()).toBe(0);
	});

	it('agrees with the tallies', async () => {
		const code = new URL(
			(await officer.locator('a', { hasText: 'A4' }).getAttribute('href'))!,
			product.url
		).searchParams.get('period');
		const [figure] = await rows<{ persons: number; share: number }>(
			`select f.persons, (f.s1 / f.persons / 1000000)::float8 as share from private.figures as f
			join public.units as u on u.id = f.unit_id
			join public.organisations as o on o.id = f.organisation_id and o.is_demo
			where u.names ->> 'vi' = 'Bộ phận Một cửa' and f.subject = 'measure:S0' and f.cross_kind = 'none' and f.period = $1`,
			[code]
		);
		const shown = await officer.locator('[data-measure=S0]').innerText();
		expect(shown).toContain(`${figure!.persons.toLocaleString('vi-VN')} phiếu`);
		expect(shown).toContain(`${(100 * figure!.share).toFixed(1).replace('.', ',')}%`);
	});

	it('ranks what people most want mended, "nothing" last', async () => {
		const shares = await officer.locator('[data-fact=I1] strong').allInnerTexts();
		const numbers = shares.map((share) => Number(share.replace('%', '').replace(',', '.')));
		expect(numbers.length).toBeGreaterThan(4);
		const wanted = numbers.slice(0, -1);
		expect(wanted).toEqual([...wanted].sort((a, b) => b - a));
		expect(await officer.locator('[data-fact=I1] li').last().innerText()).toContain('Không có gì');
	});

	it('changes period and unit by its address', async () => {
		expect(await open(leader, '/feedback')).toBe(200);
		const month = await leader.locator('#period option[value*="-M"]').first().getAttribute('value');
		await leader.selectOption('#period', month!);
		const unit = leader.locator('#of option', { hasText: 'Bộ phận Một cửa' });
		await leader.selectOption('#of', (await unit.getAttribute('value'))!);
		await press(leader, 'Xem');
		expect(new URL(leader.url()).searchParams.get('period')).toBe(month);
		expect(await heading(leader)).toContain('Bộ phận Một cửa');
	});

	it('is refused for a unit above, and for what is no period', async () => {
		const [root] = await rows<{ id: string }>(`select id from public.organisations where is_demo`);
		expect(await open(officer, `/feedback?of=${root!.id}`)).toBe(403);
		expect(await open(officer, '/feedback?period=2026-M13')).toBe(422);
		expect(await open(officer, '/feedback?period=1999-M01')).toBe(422);
	});

	it('says of a hidden figure that it is hidden, and where a longer period has it', async () => {
		const [hidden] = await rows<{ unit_id: string; period: string }>(
			`select f.unit_id, f.period from private.figures as f join public.organisations as o on o.id = f.organisation_id and o.is_demo
			where f.subject = 'measure:S0' and f.cross_kind = 'none' and not f.is_shown
				and private.longer_period(f.organisation_id, f.period, f.unit_id, f.subject) is not null limit 1`
		);
		const [any] = hidden
			? [hidden]
			: await rows<{ unit_id: string; period: string }>(
					`select f.unit_id, f.period from private.figures as f join public.organisations as o on o.id = f.organisation_id and o.is_demo
					where f.subject like 'measure:%' and f.cross_kind = 'none' and not f.is_shown
						and private.longer_period(f.organisation_id, f.period, f.unit_id, f.subject) is not null limit 1`
				);
		expect(await open(leader, `/feedback?of=${any!.unit_id}&period=${any!.period}`)).toBe(200);
		const cell = leader.locator('[data-measure][data-state=hidden]').first();
		expect(await cell.innerText()).toContain('Chưa đủ dữ liệu (cần ít nhất 10 người trả lời)');
		const link = await leader
			.locator('[data-measure][data-state=hidden] a')
			.first()
			.getAttribute('href');
		expect(await open(leader, link!)).toBe(200);
	});
});

describe('a point with few answers', () => {
	let unit: string;
	let point: { id: string; token: string };
	beforeAll(async () => {
		const [made] = await rows<{ id: string; token: string; unit_id: string }>(
			`insert into public.service_points (organisation_id, unit_id, labels, kind, moment, default_deciding_unit_id, version_id)
			select p.organisation_id, p.unit_id, '{"vi": "Quầy thử phiếu ít"}', 'counter', 'return', p.default_deciding_unit_id, p.version_id
			from public.service_points as p join public.units as u on u.id = p.unit_id
			join public.organisations as o on o.id = p.organisation_id and o.is_demo
			where u.names ->> 'vi' = 'Cửa khẩu Tân Thanh' order by p.id limit 1 returning id, token, unit_id`
		);
		unit = made!.unit_id;
		point = made!;
	});
	afterAll(async () => {
		await rows(`update public.service_points set is_active = false where id = $1`, [point.id]);
	});
	const answer = async () => {
		const form = await openForm(`${product.url}/s/${point.token}`);
		expect((await postForm(form, { S0: '4' })).status).toBeLessThan(400);
	};

	it('shows nothing with four, and says why', async () => {
		for (let n = 0; n < 4; n++) await answer();
		expect(await open(leader, `/feedback?of=${unit}&point=${point.id}`)).toBe(200);
		expect(await leader.locator('[data-received-today]').innerText()).toBe('4');
		expect(await leader.locator('[data-waiting]').innerText()).toContain(
			'Có 4 phiếu mới. Số liệu được cập nhật khi có đủ 5 phiếu mới và sang ngày làm việc tiếp theo'
		);
		await leader.locator('summary', { hasText: 'Phiếu mới theo vị trí' }).click();
		expect(await leader.locator(`[data-point="${point.id}"]`).innerText()).toContain(
			'4 phiếu chờ: chưa hiện gì vì chưa đủ 5 phiếu, còn thiếu 1.'
		);
		expect(await leader.locator('[data-measure]').count()).toBe(0);
	});

	it('waits for the next working day with five', async () => {
		await answer();
		await open(leader, `/feedback?of=${unit}&point=${point.id}`);
		await leader.locator('summary', { hasText: 'Phiếu mới theo vị trí' }).click();
		expect(await leader.locator(`[data-point="${point.id}"]`).innerText()).toContain(
			'5 phiếu chờ: đủ 5, cập nhật vào ngày làm việc tiếp theo.'
		);
	});
});

describe('the print', () => {
	it('is one A4 page of tables, for the unit with most to say', async () => {
		const [year] = await rows<{ code: string }>(
			`select max(period) as code from private.figures where period like '%-Y'`
		);
		for (const path of ['/feedback/print', `/feedback/print?period=${year!.code}`]) {
			expect(await open(leader, path)).toBe(200);
			const pdf = await leader.pdf({ format: 'A4', preferCSSPageSize: true });
			expect(pdf.toString('latin1').match(/\/Type\s*\/Page[^s]/g)).toHaveLength(1);
		}
		const table = leader.locator('article table').first();
		expect(
			await table
				.locator('td')
				.first()
				.evaluate((cell) => getComputedStyle(cell).borderTopStyle)
		).toBe('solid');
		expect(await table.evaluate((one) => getComputedStyle(one).fontFamily)).toContain(
			'Times New Roman'
		);
		expect(await leader.locator('article table').count()).toBeGreaterThan(1);
	});
});

describe('alerts', () => {
	const alert = () => leader.locator('[data-alert]').first();

	it('are answered by one of two people; the other sees it and keeps the own words', async () => {
		// What a run that was cut short may have left.
		await rows(`delete from private.alerts where last_period = '2099-M09'`);
		await rows(
			`insert into private.alerts (organisation_id, unit_id, subject, rule, direction, setting, first_period, last_period, evidence)
			select id, id, 'measure:S0', 'run', 'down', 'few', '2099-M01', '2099-M09',
				'{"value": 0.81, "centre": 0.86, "low": null, "high": null, "months": 9, "persons": 1200}'
			from public.organisations where is_demo on conflict do nothing`
		);
		const analyst = await signedIn('analyst');
		await open(leader, '/alerts');
		await open(analyst, '/alerts');
		expect(await alert().innerText()).toContain('Hài lòng chung: 9 tháng liền thấp hơn mức chung');
		expect(await alert().innerText()).toContain('81,0% trong 1.200 phiếu của các tháng này');
		const other = analyst.locator('[data-alert]').first();
		for (const [page, card, words] of [
			[leader, alert(), 'Mở thêm một quầy buổi sáng'],
			[analyst, other, 'Thêm ghế ngồi chờ']
		] as const) {
			await card.locator('summary').click();
			await card.locator('textarea').fill(words);
			await press(page, 'Ghi đã xử lý');
		}
		expect(await text(leader)).toContain('Đã ghi.');
		expect(await text(analyst)).toContain('Đồng nghiệp đã ghi trước khi anh/chị lưu');
		expect(await text(analyst)).toContain('Mở thêm một quầy buổi sáng');
		expect(await analyst.locator('details[open] textarea').first().inputValue()).toBe(
			'Thêm ghế ngồi chờ'
		);
		await rows(`delete from private.alerts where last_period = '2099-M09'`);
	});

	it('about money beyond the rules reach the leader alone, in fives', async () => {
		await rows(
			`insert into private.alerts (organisation_id, unit_id, subject, rule, setting, first_period, last_period, evidence)
			select id, id, 'fact:F2', 'beyond_rules', 'few', '2026-M08', '2026-M08', '{"at_least": 5}'
			from public.organisations where is_demo on conflict do nothing`
		);
		await open(leader, '/office');
		expect(await leader.locator('[data-news]').innerText()).toContain('Có một cảnh báo riêng');
		await open(leader, '/alerts');
		expect(await leader.locator('[data-alert=beyond_rules]').innerText()).toContain(
			'từ 5 người trở lên'
		);
		const analyst = await signedIn('analyst');
		await open(analyst, '/office');
		expect(await text(analyst)).not.toContain('cảnh báo riêng');
		await open(analyst, '/alerts');
		expect(await analyst.locator('[data-alert=beyond_rules]').count()).toBe(0);
		await rows(`delete from private.alerts where rule = 'beyond_rules'`);
	});
});

describe('the webhook', () => {
	it('does not lead into the house, shows its secret once, and can be stopped', async () => {
		const page = await signedIn('administrator');
		await open(page, '/setup/webhook');
		await page.fill('#url', 'https://192.168.1.10/nhan');
		await press(page, 'Lưu và tạo khóa mới');
		expect(await page.locator('#url-problem').innerText()).toContain('mạng nội bộ');
		expect(await page.locator('#url').inputValue()).toBe('https://192.168.1.10/nhan');
		await page.fill('#url', 'https://nhan.example/langnghe');
		await press(page, 'Lưu và tạo khóa mới');
		expect((await page.locator('#secret').inputValue()).length).toBeGreaterThan(24);
		await open(page, '/setup/webhook');
		expect(await page.locator('#secret').count()).toBe(0);
		await press(page, 'Ngừng báo');
		expect(await text(page)).toContain('Chưa đặt địa chỉ nào.');
	});
});
