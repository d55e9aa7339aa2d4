// An office that is not the demo starts from nothing and has its first feedback the next day: everything below happens in
// a real browser, from `npm start -- --blank` on. Only the clock is moved, by releasing for the next working day.

import type { Browser, Page } from 'playwright';
import writeXlsxFile from 'write-excel-file/node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { withDatabase } from '../../supabase/local/migrations.ts';
import { launchBrowser } from '../support/chromium.ts';
import { openForm, postForm } from '../support/citizen.ts';
import { follow } from '../support/next-page.ts';
import { ProductProcess, type Product } from '../support/product.ts';
import { scan } from '../support/qr.ts';
import * as staff from '../support/staff.ts';
import { heading, press } from '../support/staff.ts';

const BOARD = 'Ban Quản lý Khu kinh tế cửa khẩu Đồng Đăng – Lạng Sơn';
const PHONE = '0912 345 678';

let browser: Browser;
let running: ProductProcess;
let product: Product;
let administrator: Page;
let officer: Page;
let leader: Page;
/** Addresses of the counters, by label. */
const addresses = new Map<string, string>();

const text = (page: Page) => page.locator('main').innerText();
const open = (page: Page, path: string) => page.goto(product.url + path);
const choose = async (page: Page, field: string, words: string) => {
	const option = page.locator(`#${field} option`, { hasText: words }).first();
	await page.locator(`#${field}`).selectOption((await option.getAttribute('value')) ?? '');
};
const sql = <Row>(query: string, ...values: unknown[]): Promise<Row[]> =>
	withDatabase(
		product.databaseUrl,
		async (client) => (await client.query(query, values)).rows as Row[]
	);
/** Printed addresses name the host of the window that printed them. */
const here = (address: string) => product.url + new URL(address).pathname;

/** Waits for what the worker does in its own time. */
async function until(what: string, isSo: () => Promise<boolean>): Promise<void> {
	for (const end = Date.now() + 90_000; Date.now() < end;) {
		if (await isSo()) return;
		await new Promise((next) => setTimeout(next, 500));
	}
	throw new Error(`not within 90 s: ${what}`);
}

/** The worker's evening: figures of today are released for the next working day. */
async function nextWorkingDay(): Promise<void> {
	const [next] = await sql<{ day: string }>(
		`select to_char(day, 'YYYY-MM-DD') as day
		from generate_series(private.today() + 1, private.today() + 20, interval '1 day') as day, public.organisations as o
		where private.is_working_day(o.id, day::date) order by day limit 1`
	);
	const answer = await fetch(`${product.apiUrl}/rest/v1/rpc/release_figures`, {
		method: 'POST',
		headers: { apikey: product.secretKey, 'content-type': 'application/json' },
		body: JSON.stringify({ p_today: next!.day })
	});
	expect(answer.status).toBe(200);
}

beforeAll(async () => {
	browser = await launchBrowser();
	running = await ProductProcess.start({ args: ['--blank'] });
	product = running.facts();
});
afterAll(async () => {
	await browser.close();
	await running.remove();
});

describe('eight o’clock: the administrator', () => {
	it('opens the printed link and founds the organisation', async () => {
		const link = /http\S+\/first-setup\/\S+/.exec(running.output)?.[0] ?? '';
		({ page: administrator } = await staff.openWindow(browser, { scripts: false }));
		await administrator.goto(link.replace('localhost', '127.0.0.1'));
		await staff.fillAccount(administrator, staff.colleague('Administrator'));
		await press(administrator, 'Lập tài khoản');
		await administrator.fill('#organisation', BOARD);
		await administrator.fill('#phone', '0205 3 000 000');
		await press(administrator, 'Lập cơ quan');
		expect(await text(administrator)).toContain('Quản trị viên');
	});

	it('brings the units of the board from Excel', async () => {
		const rows = [
			['Mã đơn vị', 'Tên đơn vị', 'Loại', 'Trực thuộc'],
			['VP', 'Văn phòng', 'Văn phòng', ''],
			['KHTH', 'Phòng Kế hoạch tổng hợp', 'Phòng', ''],
			['QLDN', 'Phòng Quản lý doanh nghiệp', 'Phòng', ''],
			['MC', 'Bộ phận Một cửa', 'Một cửa', ''],
			['TTQLCK', 'Trung tâm Quản lý cửa khẩu', 'Trung tâm', ''],
			['HN', 'Cửa khẩu Hữu Nghị', 'Cửa khẩu', 'TTQLCK'],
			['TT', 'Cửa khẩu Tân Thanh', 'Cửa khẩu', 'TTQLCK']
		];
		const data = rows.map((row) => row.map((value) => (value ? { value } : null)));
		const buffer = await writeXlsxFile([{ sheet: 'Đơn vị', data }]).toBuffer();
		await open(administrator, '/setup/import');
		await administrator.locator('input[name=kind][value=units]').check();
		const file = { name: 'don-vi.xlsx', mimeType: 'application/octet-stream', buffer };
		await administrator.setInputFiles('#file', file);
		await press(administrator, 'Tải lên và kiểm tra');
		await press(administrator, 'Ghi tất cả');
		await open(administrator, '/setup/units');
		expect(await administrator.locator('main ul .name').allInnerTexts()).toContain(
			'Cửa khẩu Tân Thanh'
		);
	});

	it('publishes a questionnaire in three languages and puts it in force at the one-stop section', async () => {
		await open(administrator, '/setup/questionnaires/start');
		await administrator.locator('input[name=from][value=nine]').check();
		await administrator.fill('#name', 'Phiếu Một cửa');
		await press(administrator, 'Lập bản nháp');
		const draft = new URL(administrator.url()).pathname;
		for (const [language, words] of [
			['vi', 'Cán bộ giao tiếp lịch sự'],
			['zh', '工作人员有礼貌'],
			['en', 'Staff are polite']
		]) {
			await open(administrator, `${draft}/preview?in=${language}`);
			await administrator.frameLocator('iframe').getByText(words!).first().waitFor();
		}
		await open(administrator, `${draft}/publish`);
		await administrator.check('#sure');
		await press(administrator, 'Ban hành');
		const [unit] = await sql<{ id: string }>(`select id from units where code = 'MC'`);
		await open(administrator, '/setup/questionnaires/in-force?q=mot+cua');
		await follow(administrator.getByRole('link', { name: 'Bộ phận Một cửa' }));
		await administrator
			.locator(`#of-${unit!.id}`)
			.selectOption({ label: 'Phiếu Một cửa (phiên bản 1)' });
		await follow(
			administrator
				.locator('form', { has: administrator.locator(`#of-${unit!.id}`) })
				.locator('[type=submit]')
		);
		expect(await text(administrator)).toContain('Chọn tại đây');
	});

	it('adds three counters at once', async () => {
		await open(administrator, '/setup/points/many');
		await administrator.fill('#labels_vi', 'Quầy');
		await administrator.fill('#first', '1');
		await administrator.fill('#last', '3');
		await choose(administrator, 'place', 'Bộ phận Một cửa');
		await administrator.locator('input[name=offers_paper]').check();
		await press(administrator, 'Xem trước');
		await press(administrator, 'Thêm 3 vị trí');
		expect(await text(administrator)).toContain('Đã thêm 3 vị trí');
	});

	it('prints a poster for every counter, each with a code that is read from the sheet', async () => {
		const window = await staff.openWindow(browser);
		await window.context.addCookies(await administrator.context().cookies());
		const screen = window.page;
		await open(screen, '/posters');
		await screen.getByLabel('Cả đơn vị và cấp dưới').first().check();
		await press(screen, 'Xem và in');
		await screen.emulateMedia({ media: 'print' });
		const sheets = await screen.locator('[data-format=a4]').all();
		expect(sheets).toHaveLength(3);
		for (const sheet of sheets) {
			const address = here((await scan(sheet))!);
			const form = await (await fetch(`${address}?lang=vi`)).text();
			expect(form).toContain('Bộ phận Một cửa');
			expect(form).toContain('name="B1"');
			addresses.set(/Quầy \d/.exec(form)![0], address);
		}
		expect([...addresses.keys()].sort()).toEqual(['Quầy 1', 'Quầy 2', 'Quầy 3']);
		await window.context.close();
	});

	it('invites an officer to the section and a leader to the board', async () => {
		await open(administrator, '/members/invite');
		await choose(administrator, 'unit', 'Bộ phận Một cửa');
		await administrator.locator('input[name=role][value=officer]').check();
		await administrator.locator('input[name=way][value=hand]').check();
		await press(administrator, 'Lập lời mời');
		const link = await administrator.locator('#address').inputValue();
		officer = await staff.accept(browser, link, staff.colleague('Officer'));
		expect(await text(officer)).toContain('Cán bộ xử lý');
		leader = await staff.accept(
			browser,
			await staff.invite(administrator, product.url, 'leader'),
			staff.colleague('Leader')
		);
		expect(await text(leader)).toContain('Lãnh đạo');
	});
});

describe('before noon: the first answers', () => {
	const answers = { M0: 'receive', S0: '4', B1: '4', B2: '5', C1: '5', C2: '4', E1: '3' };

	it('come by the poster: twelve at one counter, four at another', async () => {
		const post = async (counter: string, more: Record<string, string>) => {
			const answer = await postForm(await openForm(addresses.get(counter)!), {
				...answers,
				...more
			});
			expect(answer.status).toBe(200);
		};
		for (let n = 1; n <= 12; n++) {
			const comment = n % 2 ? `Cán bộ nhiệt tình, chờ hơi lâu (${n}). Gọi tôi ${PHONE}` : '';
			await post('Quầy 1', { comment });
		}
		for (let n = 1; n <= 4; n++) await post('Quầy 2', { comment: 'Chỗ ngồi sạch' });
	});

	it('come by one-time slips that are printed, scanned, and good for one answer', async () => {
		const window = await staff.openWindow(browser);
		await window.context.addCookies(await administrator.context().cookies());
		const screen = window.page;
		await open(screen, '/posters/slips/new');
		await choose(screen, 'point', 'Quầy 3');
		await screen.fill('#count', '6');
		await press(screen, 'Lập lô và hiện mã');
		await screen.emulateMedia({ media: 'print' });
		const slips = await screen.locator('[data-code]').all();
		expect(slips).toHaveLength(6);
		for (const slip of slips) {
			const address = here((await scan(slip))!);
			const { S0, B1, C1 } = answers;
			expect((await postForm(await openForm(address), { S0, B1, C1 })).status).toBe(200);
			expect((await fetch(address)).status).toBe(410);
		}
		await window.context.close();
	});

	it('come on paper: keyed by one person, a sample again by another, recorded by the worker', async () => {
		const keySheets = async (page: Page) => {
			for (let sheet = 1; sheet <= 5; sheet++) {
				const fields = page.locator('.keys input[maxlength="2"]');
				for (let at = 0; at < (await fields.count()); at++) await fields.nth(at).fill('1');
				await press(page, /Giữ tờ số/);
			}
		};
		await open(administrator, '/posters/paper');
		await choose(administrator, 'point', 'Quầy 1');
		await press(administrator, 'Mở lô và nhập');
		const batch = new URL(administrator.url()).pathname;
		await keySheets(administrator);
		await press(administrator, 'Nhập xong lô này (5 tờ)');
		const window = await staff.openWindow(browser, { scripts: false });
		await window.context.addCookies(await officer.context().cookies());
		const second = window.page;
		await open(second, batch);
		await keySheets(second);
		expect(await text(second)).not.toContain('Chỗ khác nhau');
		await press(second, 'Ghi nhận 5 tờ');
		// Asked beside the page: it reloads itself while it waits, and two reloads would cross.
		await until('paper is recorded', async () => {
			const answer = await window.context.request.get(product.url + batch);
			return (await answer.text()).includes('Đã ghi nhận 5 tờ vào số liệu');
		});
		await window.context.close();
	});

	it('are all there, each in its pool', async () => {
		const found = await sql<{ kind: string; answers: number }>(
			`select concat_ws(' ', s.pool, s.channel) as kind, count(*)::integer as answers
			from responses as r join private.strata as s on s.id = r.stratum_id group by 1 order by 1`
		);
		expect(found).toEqual([
			{ kind: 'open paper', answers: 5 },
			{ kind: 'open qr', answers: 16 },
			{ kind: 'verified qr', answers: 6 }
		]);
	});
});

describe('the next day', () => {
	/** What the page says of a counter whose answers are in no figure yet. */
	const waitingAt = async (page: Page, counter: string) => {
		await page.locator('summary', { hasText: 'Phiếu mới theo vị trí' }).click();
		return page.locator('[data-point]', { hasText: counter }).innerText();
	};

	it('the officer is told today how many wait, and why four show nothing yet', async () => {
		await open(officer, '/feedback');
		expect(await waitingAt(officer, 'Quầy 2')).toMatch(/4 phiếu/);
		expect(await officer.locator('[data-measure=S0]').count()).toBe(0);
	});

	it('reads the figures of the counters with at least five', async () => {
		await nextWorkingDay();
		await open(officer, '/feedback');
		const overall = officer.locator('[data-measure=S0]');
		// Twelve by the poster, five on paper, six by slips; the four of the second counter still wait.
		expect(await overall.innerText()).toContain('23');
		expect(await waitingAt(officer, 'Quầy 2')).toMatch(/4 phiếu/);
	});

	it('reads comments with phone numbers masked, of the first counter only', async () => {
		await until('comments are masked', async () => {
			await open(officer, '/comments');
			return (await text(officer)).includes('chờ hơi lâu');
		});
		const page = await officer.content();
		expect(page).not.toContain(PHONE);
		expect(page).not.toContain(PHONE.replaceAll(' ', ''));
		expect(await text(officer)).toMatch(/Gọi tôi\s+số điện thoại/);
		expect(await text(officer)).not.toContain('Chỗ ngồi sạch');
		await open(officer, '/comments?q=can+bo');
		expect(await text(officer)).toContain('Cán bộ nhiệt tình');
	});

	it('and the leader compares, while the administrator reads neither', async () => {
		await open(leader, '/compare');
		expect(await heading(leader)).toBe('So sánh các đơn vị');
		await open(administrator, '/comments');
		expect(await heading(administrator)).toBe('Tôi được làm gì ở đây?');
	});
});
