// Answers that came in a burst at one counter: an analyst sees the figures with and without them and proposes to leave
// them out; who proposed cannot decide; another leader agrees; figures follow with the next release and say so.
// Without JavaScript, as the pages have none. The clock of the release is the test's own.

import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { builtIn } from '../../src/lib/questionnaire/built-in.ts';
import { withDatabase } from '../../supabase/local/migrations.ts';
import { launchBrowser } from '../support/chromium.ts';
import { follow } from '../support/next-page.ts';
import { foundOffice, joinOffice, type Office } from '../support/office.ts';
import type { Product } from '../support/product.ts';
import * as staff from '../support/staff.ts';
import { press } from '../support/staff.ts';

let product: Product;
let browser: Browser;
let office: Office;
let analyst: Page;
let leader: Page;
let second: Page;

const PERIOD = '?period=2026-Q1';
const text = (page: Page) => page.locator('main').innerText();
const open = (page: Page, path = `/evidence${PERIOD}`) => page.goto(`${product.url}${path}`);
const sql = <T>(query: string, ...values: unknown[]) =>
	withDatabase(
		product.databaseUrl,
		async (client) => (await client.query(query, values)).rows as T[]
	);

/** Answers at the point on a day; S0 gets its level, everything else 4 and 5 in turn. */
async function record(point: string, version: string, day: string, count: number, overall: number) {
	const ratings = builtIn.quick.items.map(({ code }, n) => (code === 'S0' ? overall : 4 + (n % 2)));
	const item = {
		...{ service_point_id: point, version_id: version, language: 'vi', moment: 'return' },
		...{ ratings, date: day, half_day: 'morning', pool: 'open', channel: 'qr' }
	};
	const items = Array.from({ length: count }, () => item);
	await sql('select public.record_responses($1::jsonb)', JSON.stringify({ items }));
}

/** A release as on this day. The worker may have released meanwhile: nothing came after the days of this test. */
async function release(day: string) {
	await sql(
		`update private.release_marks set released_through = least(released_through, $1::date - 2) where organisation_id = $2`,
		day,
		office.id
	);
	await sql('select public.release_figures($1)', day);
	await sql('select public.flag_answers()');
}

/** S0 as the page shows it: "83,3%". */
const shown = async (page: Page, which: string) =>
	(await page.locator(`[data-measure=S0] dd${which} b`).innerText()).trim();

beforeAll(async () => {
	product = inject('product');
	browser = await launchBrowser();
	office = await foundOffice(product, 'Cơ quan thử dấu hiệu bất thường');
	const [point] = await sql<{ id: string; version_id: string }>(
		`insert into public.service_points (organisation_id, unit_id, labels, kind, moment, default_deciding_unit_id)
		values ($1, $1, '{"vi": "Quầy 1"}', 'counter', 'both', $1) returning id, version_id`,
		office.id
	);
	const { id, version_id: version } = point!;
	await record(id, version, '2026-01-05', 30, 4);
	await record(id, version, '2026-01-06', 10, 2);
	await record(id, version, '2026-01-07', 20, 5);
	await sql(
		`update public.responses as r set quality_flags = array['burst'] from private.strata as s
		where s.id = r.stratum_id and s.service_point_id = $1 and r.counted_on = '2026-01-07'`,
		id
	);
	// The month, 15 December to 14 January, is over.
	await sql('select public.release_figures($1)', '2026-01-16');
	await sql('select public.flag_answers()');

	const people = [];
	for (const role of ['analyst', 'leader', 'leader']) {
		const who = await joinOffice(product, office, role);
		const { page } = await staff.openWindow(browser, { scripts: false });
		await staff.signIn(page, product.url, who);
		people.push(page);
	}
	[analyst, leader, second] = people as [Page, Page, Page];
});
afterAll(() => browser.close());

describe('evidence', () => {
	it('shows how many answers which rule flagged where, and warns against haste', async () => {
		await open(analyst);
		expect(await text(analyst)).toContain('không có nghĩa là gian lận');
		expect(await analyst.locator('tr[data-rule=burst]').getAttribute('data-answers')).toBe('20');
		expect(await text(analyst)).toContain('Quầy 1');
	});

	it('shows the figure with and without them', async () => {
		expect(await shown(analyst, '[data-with]')).toBe('83,3%');
		expect(await shown(analyst, '[data-without=burst]')).toBe('75,0%');
	});
});

describe('an exclusion', () => {
	it('needs a reason', async () => {
		await follow(analyst.locator('[data-place] a').first());
		expect(await analyst.locator('h1').innerText()).toContain('20 phiếu');
		await press(analyst, 'Gửi đề nghị');
		expect(await analyst.title()).toContain('Lỗi');
		expect(await analyst.locator('#reason-problem').innerText()).toBe('Hãy ghi lý do.');
	});

	it('is proposed, and changes nothing yet', async () => {
		await analyst.fill('#reason', 'Một máy gửi liên tục khi quầy không có người');
		await press(analyst, 'Gửi đề nghị');
		expect(await analyst.getByRole('status').innerText()).toContain('Đã gửi đề nghị');
		expect(await analyst.locator('[data-state=proposed]').count()).toBe(1);
		await release('2026-01-19');
		await open(analyst);
		expect(await shown(analyst, '[data-with]')).toBe('83,3%');
	});

	it('cannot be decided by whoever is no leader, nor by whoever proposed it', async () => {
		expect(await analyst.getByRole('button', { name: 'Đồng ý loại' }).count()).toBe(0);
		const own = await sql<{ id: string }>(
			`update private.exclusions set proposed_by = (
				select person_id from public.members where unit_id = $1 and role = 'leader' order by since limit 1)
			where organisation_id = $1 returning id`,
			office.id
		);
		await open(leader);
		expect(await text(leader)).toContain('một lãnh đạo khác phải quyết định');
		expect(await leader.getByRole('button', { name: 'Đồng ý loại' }).count()).toBe(0);
		const answer = await leader.request.post(`${product.url}/evidence?/decide`, {
			form: { exclusion: own[0]!.id, agrees: 'yes' },
			headers: { origin: product.url, accept: 'text/html' }
		});
		expect(answer.status()).toBe(403);
		expect(await answer.text()).toContain('Người đề nghị không được tự quyết định');
	});

	it('is agreed to by a second leader and takes effect with the next release', async () => {
		await open(second);
		await press(second, 'Đồng ý loại');
		expect(await second.getByRole('status').innerText()).toContain('lần cập nhật');
		await open(second);
		expect(await second.locator('[data-excluded]').count()).toBe(0);
		await release('2026-01-20');
		await open(second);
		expect(await second.locator('[data-excluded]').getAttribute('data-excluded')).toBe('20');
		expect(await second.locator('[data-state=in_force]').count()).toBe(1);
	});

	it('stands beside the figures that follow it, in the office and for everybody', async () => {
		await open(second, `/feedback${PERIOD}`);
		expect(await text(second)).toContain('Đã loại 20 phiếu có dấu hiệu bất thường');
		expect(await text(second)).toContain('75,0%');
		await sql('update public.organisations set is_demo = true where id = $1', office.id);
		try {
			await open(second, `/results${PERIOD}&organisation=${office.id}`);
			expect(await text(second)).toContain('Đã loại 20 phiếu có dấu hiệu bất thường');
			// The quarter still runs: only the demo shows it, and on the page of all units only.
			expect(await text(second)).toContain('75,0%');
		} finally {
			await sql('update public.organisations set is_demo = false where id = $1', office.id);
		}
	});

	it('ends when a second person agrees, and the answers count again', async () => {
		await open(second);
		await second.locator('summary', { hasText: 'Đề nghị tính lại' }).click();
		await press(second, 'Gửi đề nghị');
		expect(await second.locator('.problem').first().innerText()).toBe('Hãy ghi lý do.');
		await second.locator('[data-exclusion] input[type=text]').fill('Đoàn khách có thật');
		await press(second, 'Gửi đề nghị');
		await open(leader);
		await press(leader, 'Đồng ý tính lại');
		await release('2026-01-21');
		await open(leader);
		expect(await leader.locator('[data-state=ended]').count()).toBe(1);
		expect(await leader.locator('[data-excluded]').count()).toBe(0);
		expect(await shown(leader, '[data-with]')).toBe('83,3%');
	});
});
