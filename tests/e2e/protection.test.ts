// Data protection as an office lives it: contact and times, working days, everything taken along by two persons, and the
// organisation deleted by two persons. Real browser without script; an organisation of the test's own beside the demo.

import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { archivePath } from '../../src/lib/server/archive-place.ts';
import { verify } from '../../supabase/local/audit-verify.ts';
import { withDatabase } from '../../supabase/local/migrations.ts';
import { createApiClient } from '../support/api-client.ts';
import { launchBrowser } from '../support/chromium.ts';
import { openArchive } from '../support/open-archive.ts';
import * as staff from '../support/staff.ts';
import { heading, press } from '../support/staff.ts';

const product = inject('product');
const NAME = 'Ủy ban nhân dân xã Thử Xóa';
const people = {
	leader: staff.colleague('Leader'),
	administrator: staff.colleague('Administrator'),
	analyst: staff.colleague('Analyst')
};
type Who = keyof typeof people;

let browser: Browser;
let house = '';
let token = '';
/** The request whose file was made. */
let file = '';
const pages = {} as Record<Who, Page>;

const sql = <T extends object>(text: string, values: unknown[] = []): Promise<T[]> =>
	withDatabase(product.databaseUrl, async (client) => (await client.query<T>(text, values)).rows);
const text = (page: Page) => page.locator('main').innerText();
const open = (who: Who, path: string) => pages[who].goto(`${product.url}${path}`);
const worker = createApiClient(product.apiUrl, product.secretKey);

async function makeHouse(): Promise<void> {
	const [made] = await sql<{ id: string }>(
		`insert into organisations (names, phone, email) values ($1, '0205 3 000 001', 'xa@example.vn') returning id`,
		[JSON.stringify({ vi: NAME })]
	);
	house = made!.id;
	// The demo's quick form, as its own.
	const [questionnaire] = await sql<{ id: string }>(
		`insert into questionnaires (organisation_id, code, names) values ($1, 'quick', '{"vi": "Phiếu nhanh"}') returning id`,
		[house]
	);
	const [version] = await sql<{ id: string }>(
		`insert into questionnaire_versions (questionnaire_id, number, definition, published_at)
		select $1, 1, v.definition, now()
		from questionnaire_versions as v join questionnaires as q on q.id = v.questionnaire_id
		where q.code = 'quick' and q.id <> $1 and v.published_at is not null limit 1 returning id`,
		[questionnaire!.id]
	);
	const [point] = await sql<{ id: string; token: string; version_id: string }>(
		`insert into service_points (organisation_id, unit_id, labels, kind, moment, default_deciding_unit_id, version_id)
		values ($1, $1, '{"vi": "Quầy 1"}', 'counter', 'both', $1, $2) returning id, token, version_id`,
		[house, version!.id]
	);
	const asked = await sql<{ code: string }>(
		'select code from private.version_items where version_id = $1 order by position',
		[point!.version_id]
	);
	token = point!.token;
	const items = Array.from({ length: 40 }, (_, n) => ({
		service_point_id: point!.id,
		version_id: point!.version_id,
		language: 'vi',
		ratings: asked.map(({ code }) => (code === 'S0' ? 1 + (n % 5) : null)),
		date: n < 12 ? '2026-06-15' : '2026-09-14',
		half_day: 'morning',
		pool: 'open',
		channel: 'qr',
		comment: n % 2 ? `ý kiến số ${n}` : null
	}));
	const { status } = await worker.rest('POST', 'rpc/record_responses', { batch: { items } });
	expect(status).toBe(200);
	for (const [role, who] of Object.entries(people)) {
		const id = await createApiClient(product.apiUrl, product.publishableKey).signUp(
			who.email,
			who.password
		);
		await sql('insert into people (id, name, email) values ($1, $2, $3)', [
			id,
			who.name,
			who.email
		]);
		await sql(
			`insert into members (person_id, organisation_id, unit_id, role) values ($1, $2, $2, $3)`,
			[id, house, role]
		);
	}
}

beforeAll(async () => {
	browser = await launchBrowser();
	await makeHouse();
	for (const who of Object.keys(people) as Who[]) {
		pages[who] = (await staff.openWindow(browser, { width: 360, scripts: false })).page;
		await staff.signIn(pages[who], product.url, people[who]);
	}
});
afterAll(() => browser.close());

describe('contact and times', () => {
	it('say what is kept, and an administrator changes them', async () => {
		await open('leader', '/setup/protection');
		expect(await heading(pages.leader)).toBe('Cơ quan đang giữ dữ liệu gì?');
		expect(await text(pages.leader)).toContain('Đang giữ 40 phiếu trả lời, từ ngày 15/06/2026');
		expect(await pages.leader.getByRole('link', { name: 'Sửa liên hệ' }).count()).toBe(0);

		const page = pages.administrator;
		await open('administrator', '/setup/protection/settings');
		await page.fill('#phone', '0205 3 777 888');
		await page.fill('#contact', 'Văn phòng xã, 0205 3 777 889');
		await page.fill('#commentMonths', '30');
		await press(page, 'Lưu');
		expect(await text(page)).toContain('không lưu lâu hơn phiếu được');
		expect(await page.inputValue('#phone')).toBe('0205 3 777 888');
		await page.fill('#commentMonths', '18');
		await press(page, 'Lưu');
		expect(await text(page)).toContain('Đã lưu');
	});

	it('are what citizens read at once', async () => {
		const { page } = await staff.openWindow(browser, { width: 360, scripts: false });
		await page.goto(`${product.url}/privacy?point=${token}`);
		const notice = await page.locator('main').innerText();
		expect(notice).toContain('Phiếu trả lời 24 tháng, ý kiến ghi thêm 18 tháng');
		expect(notice).toContain('0205 3 777 888');
		expect(notice).toContain('Văn phòng xã, 0205 3 777 889');
		await page.context().close();
	});

	it('that are shorter say what they delete, and wait for a yes', async () => {
		const page = pages.administrator;
		await open('administrator', '/setup/protection/settings');
		await page.fill('#responseMonths', '3');
		await page.fill('#commentMonths', '3');
		await press(page, 'Lưu');
		expect(await text(page)).toContain('12 phiếu trả lời trước ngày');
		expect(await text(page)).toContain('6 ý kiến ghi thêm trước ngày');
		const [before] = await sql<{ months: number }>(
			'select response_months as months from organisations where id = $1',
			[house]
		);
		expect(before!.months).toBe(24);
		expect(await page.inputValue('#responseMonths')).toBe('3');
	});

	it('changed by somebody else meanwhile are shown beside what was typed', async () => {
		const page = pages.administrator;
		await open('administrator', '/setup/protection/settings');
		await page.fill('#phone', '0205 3 999 999');
		await sql(`update organisations set phone = '0205 3 111 111' where id = $1`, [house]);
		await press(page, 'Lưu');
		const shown = await text(page);
		expect(shown).toContain('Có người vừa sửa trang này');
		expect(shown).toContain('0205 3 111 111');
		expect(await page.inputValue('#phone')).toBe('0205 3 999 999');
		await press(page, 'Lưu');
		expect(await text(page)).toContain('0205 3 999 999');
	});
});

describe('working days', () => {
	it('are added, refused with the reason, and taken out again', async () => {
		const page = pages.administrator;
		await open('administrator', '/setup/calendar?year=2027');
		expect(await text(page)).toContain('Quốc khánh');
		await page.fill('#day', '2027-03-06');
		await page.locator('input[name=works][value=yes]').check();
		await page.fill('#name', 'Làm bù');
		await press(page, 'Thêm ngày này');
		expect(await text(page)).toContain('Đã thêm vào lịch');
		const works = () =>
			sql<{ works: boolean }>(`select private.is_working_day($1, '2027-03-06') as works`, [house]);
		expect(await works()).toEqual([{ works: true }]);
		await page.fill('#day', '2027-03-08');
		await page.locator('input[name=works][value=yes]').check();
		await page.fill('#name', 'Ngày thường');
		await press(page, 'Thêm ngày này');
		expect(await text(page)).toContain('vốn đã như vậy');
		await press(page, /Bỏ dòng này/);
		expect(await works()).toEqual([{ works: false }]);
	});

	it('of the country can be departed from', async () => {
		const page = pages.administrator;
		await press(page, /Cơ quan vẫn làm việc/);
		expect(await text(page)).toContain('Khác lịch cả nước: Tết Dương lịch');
		await press(page, /Bỏ dòng này/);
	});

	it('that are released stay as they were', async () => {
		await sql(
			`insert into private.release_marks (organisation_id, pool, released_through) values ($1, 'open', '2026-09-14')
			on conflict (organisation_id, pool) do update set released_through = excluded.released_through`,
			[house]
		);
		const page = pages.administrator;
		await open('administrator', '/setup/calendar?year=2026');
		await page.fill('#day', '2026-09-10');
		await page.fill('#name', 'Nghỉ');
		await press(page, 'Thêm ngày này');
		expect(await text(page)).toContain('đã qua lần công bố số liệu');
	});
});

describe('office hours', () => {
	const hours = () =>
		sql<{ opens_at: string; closes_at: string }>(
			'select opens_at, closes_at from organisations where id = $1',
			[house]
		);

	it('are typed as people write them, and refused in words where they are none', async () => {
		const page = pages.administrator;
		await open('administrator', '/setup/calendar');
		await page.fill('#opens', 'sáng sớm');
		await page.fill('#closes', '17 giờ');
		await press(page, 'Lưu giờ làm việc');
		expect(await page.locator('#opens-problem').innerText()).toContain('từ 00:00 đến 24:00');
		expect(await page.inputValue('#opens')).toBe('sáng sớm');
		await page.fill('#opens', '19h');
		await press(page, 'Lưu giờ làm việc');
		expect(await page.locator('#closes-problem').innerText()).toContain('sau giờ mở cửa');
		await page.fill('#opens', '7h15');
		await press(page, 'Lưu giờ làm việc');
		expect(await text(page)).toContain('mở cửa từ 07:15 đến 17:00');
		expect(await hours()).toEqual([{ opens_at: '07:15:00', closes_at: '17:00:00' }]);
	});

	it('changed by somebody else meanwhile are shown beside what was typed', async () => {
		const page = pages.administrator;
		await page.fill('#opens', '08:00');
		await sql(`update organisations set opens_at = '07:45' where id = $1`, [house]);
		await press(page, 'Lưu giờ làm việc');
		expect(await page.getByRole('alert').innerText()).toMatch(/07:45\s+Vừa nhập:\s*08:00/);
		await press(page, 'Lưu giờ làm việc');
		expect(await hours()).toEqual([{ opens_at: '08:00:00', closes_at: '17:00:00' }]);
	});
});

describe('everything, taken along by two persons', () => {
	let key = '';
	let sealed: Buffer;

	it('is asked for by the leader, who is shown the key once', async () => {
		await open('leader', '/setup/protection/archive');
		await press(pages.leader, 'Đề nghị xuất, lấy khóa');
		key = (await pages.leader.inputValue('#key')).trim();
		expect(key).toMatch(/^AGE-SECRET-KEY-1/);
		await open('leader', '/setup/protection/archive');
		expect(await pages.leader.content()).not.toContain(key);
		expect(await text(pages.leader)).toContain('Đang chờ một người khác, là Quản trị viên');
		expect(await pages.leader.getByRole('button', { name: 'Xác nhận, lập tệp' }).count()).toBe(0);
		const kept = await sql(
			`select from archive_requests where to_jsonb(archive_requests)::text like '%' || $1 || '%'`,
			[key]
		);
		expect(kept).toEqual([]);
	});

	it('is confirmed by the administrator, and the worker makes the file', async () => {
		const page = pages.administrator;
		await open('administrator', '/setup/protection/archive');
		expect(await text(page)).toContain(`${people.leader.name} đề nghị xuất dữ liệu`);
		await press(page, 'Xác nhận, lập tệp');
		for (let n = 0; n < 60; n++) {
			await open('administrator', '/setup/protection/archive');
			if ((await text(page)).includes('Tệp đã sẵn')) break;
			await sleep(1000);
		}
		expect(await text(page)).toContain('Tệp đã sẵn');
	});

	it('is downloaded by these two and nobody else', async () => {
		const [request] = await sql<{ id: string }>(
			'select id from archive_requests where organisation_id = $1',
			[house]
		);
		file = request!.id;
		expect(existsSync(archivePath(product.dataDir, file))).toBe(true);
		const path = `/setup/protection/archive/${file}`;
		const refused = await pages.analyst.request.post(`${product.url}${path}`, {
			headers: { origin: product.url },
			form: {}
		});
		expect(refused.headers()['content-type']).not.toContain('octet-stream');
		expect(await refused.text()).not.toContain('age-encryption.org');
		await open('leader', '/setup/protection/archive');
		const waiting = pages.leader.waitForEvent('download');
		await pages.leader.getByRole('button', { name: 'Tải tệp' }).click();
		const download = await waiting;
		expect(download.suggestedFilename()).toMatch(/^lang-nghe-\d{4}-\d\d-\d\d\.tar\.gz\.age$/);
		sealed = await readFile(await download.path());
		expect(sealed.subarray(0, 21).toString()).toBe('age-encryption.org/v1');
	});

	it('opens with that key and holds every row', async () => {
		const opened = await openArchive(sealed, key);
		expect(opened.readme).toContain('age -d -i khoa.txt');
		expect(opened.readme).toContain('EVERYTHING THAT ONE ORGANISATION OWNS');
		expect(opened.counts['public.responses']).toBe(40);
		expect(opened.counts['public.response_comments']).toBe(20);
		for (const [table, count] of Object.entries(opened.counts)) {
			expect([table, opened.rows.get(table)?.length ?? 0]).toEqual([table, count]);
		}
		const comments = opened.rows.get('public.response_comments') ?? [];
		expect(comments.map(({ body }) => body)).toContain('ý kiến số 7');
		// Nothing of the demo beside it.
		expect(opened.rows.get('public.organisations')).toHaveLength(1);
		expect(JSON.stringify([...opened.rows.values()])).not.toContain('Đồng Đăng');
		// The owner of the database counts the same.
		const tables = await sql<{ name: string; condition: string }>(
			'select name, condition from private.owned_tables()'
		);
		for (const { name, condition } of tables) {
			if (['public.audit_log', 'public.archive_requests', 'public.jobs'].includes(name)) continue;
			const [counted] = await sql<{ n: number }>(
				`select count(*)::integer as n from ${name} where ${condition.replaceAll('$1', `'${house}'::uuid`)}`
			);
			expect([name, opened.counts[name]]).toEqual([name, counted!.n]);
		}
	});

	it('does not open with another key', async () => {
		const other = `${key.slice(0, -8)}QQQQQQQQ`;
		await expect(openArchive(sealed, other)).rejects.toThrow();
	});
});

describe('deleting the organisation', () => {
	const form = `${product.url}/s/`;

	it('needs the name typed, two persons and fourteen days', async () => {
		await open('administrator', '/setup/protection/deletion');
		const page = pages.administrator;
		await page.fill('#name', 'Xã khác');
		await press(page, 'Đề nghị xóa');
		expect(await text(page)).toContain('Tên chưa đúng');
		await page.fill('#name', NAME);
		await press(page, 'Đề nghị xóa');
		expect(await text(page)).toContain('Đang chờ một người khác, là Lãnh đạo');
		await open('leader', '/setup/protection/deletion');
		await pages.leader.fill('#name', NAME);
		await press(pages.leader, 'Xác nhận xóa');
		expect(await text(pages.leader)).toContain('Sẽ xóa ngày');
		expect((await fetch(form + token)).status).toBe(200);
	});

	it('is stopped by either, and begun anew', async () => {
		await open('administrator', '/setup/protection/deletion');
		await press(pages.administrator, 'Dừng việc xóa');
		expect(await text(pages.administrator)).toContain('đã dừng việc xóa');
		await open('leader', '/setup/protection/deletion');
		await pages.leader.fill('#name', NAME);
		await press(pages.leader, 'Đề nghị xóa');
		await open('administrator', '/setup/protection/deletion');
		await pages.administrator.fill('#name', NAME);
		await press(pages.administrator, 'Xác nhận xóa');
		expect(await text(pages.administrator)).toContain('Sẽ xóa ngày');
	});

	it('after that time leaves nothing but one line of the log', async () => {
		// Fourteen days later.
		await sql(
			`update deletion_requests set run_after = now() - interval '1 minute' where organisation_id = $1 and stopped_at is null`,
			[house]
		);
		const step = async () =>
			(await worker.rest('POST', 'rpc/delete_organisations', { p_rows: 50 })).body as {
				more: boolean;
			};
		expect((await step()).more).toBe(true);
		await expect
			.poll(async () => (await fetch(form + token)).status, { timeout: 20_000 })
			.toBe(410);
		for (let n = 0; n < 500 && (await step()).more; n++);
		await expect
			.poll(async () => (await fetch(form + token)).status, { timeout: 20_000 })
			.toBe(404);
		const left = await sql<{ action: string; changes: { names: { vi: string } } }>(
			`select action, changes from audit_log where record_id = $1 or organisation_id::text = $1`,
			[house]
		);
		expect(left.map(({ action, changes }) => [action, changes.names.vi])).toEqual([
			['organisation_deleted', NAME]
		]);
		expect(await sql('select from organisations where id = $1', [house])).toEqual([]);
		expect((await verify(product.databaseUrl, undefined)).broken).toBeUndefined();
	});

	it('takes the accounts along: nobody of them signs in again', async () => {
		await open('leader', '/setup/protection');
		expect(pages.leader.url()).toContain('/sign-in');
		const { page } = await staff.openWindow(browser, { scripts: false });
		await staff.signIn(page, product.url, people.leader);
		expect(page.url()).toContain('/sign-in');
		await page.context().close();
	});

	it('leaves no file: the worker clears what belongs to nobody', async () => {
		const { clearArchives } = await import('../../src/lib/server/worker/archive.ts');
		const { createSecretClient } = await import('../../src/lib/server/secret-client.ts');
		const client = createSecretClient({
			SUPABASE_URL: product.apiUrl,
			SUPABASE_SECRET_KEY: product.secretKey
		});
		await clearArchives(client, product.dataDir);
		expect(existsSync(archivePath(product.dataDir, file))).toBe(false);
	});
});
