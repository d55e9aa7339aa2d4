// Comments without hunting people: what the office reads is masked and shuffled, filters that leave one to four show
// none, the words as written need a leader and a reason; and what was done reaches the public page. Real browser
// without scripts, real worker: the comments are released by SQL, masked by the job that the release asks for.

import type { Browser, Page } from 'playwright';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { withDatabase } from '../../supabase/local/migrations.ts';
import { launchBrowser } from '../support/chromium.ts';
import { follow } from '../support/next-page.ts';
import * as staff from '../support/staff.ts';
import { heading, press } from '../support/staff.ts';

const product = inject('product');
const MONTH = '2031-01-01';
const PRAISE = 'Mốc sáng thu: gọi 0912 345 678 gặp chị Lan, cán bộ rất tốt.';
const INSULT = 'Mốc sáng thu: đồ ngu, chờ cả buổi.';
const RARE = 'Đèn lồng xanh treo cao quá.';
const TITLE = `Treo thấp đèn lồng ${crypto.randomUUID().slice(0, 8)}`;
const DONE = `Đã treo thấp bảng niêm yết ${crypto.randomUUID().slice(0, 8)}`;

let browser: Browser;
let officer: Page;
let leader: Page;
let unit: string;

const text = (page: Page) => page.locator('main').innerText();
const account = (role: string) => {
	const found = product.accounts.find((one) => one.role === role)!;
	return { ...found, name: role };
};
async function signedIn(role: string, width?: number): Promise<Page> {
	const { page } = await staff.openWindow(browser, { scripts: false, ...(width ? { width } : {}) });
	await staff.signIn(page, product.url, account(role));
	return page;
}
const open = (page: Page, path: string) => page.goto(`${product.url}${path}`);
const search = (page: Page, words: string) =>
	open(page, `/comments?q=${encodeURIComponent(words)}&month=${MONTH.slice(0, 7)}`);

/** Comments of the officer's unit, released as SQL releases them; resolves when the worker has masked them. */
async function release(bodies: string[]): Promise<void> {
	await withDatabase(product.databaseUrl, async (client) => {
		const { rows } = await client.query<{ id: string }>(
			`select m.unit_id as id from public.members as m join public.people as p on p.id = m.person_id where p.email = $1`,
			[account('officer').email]
		);
		unit = rows[0]!.id;
		await client.query(
			`with stratum as (select s.id, s.service_point_id, s.version_id, s.pool from private.strata as s where s.receiving_unit_id = $1 limit 1),
			answer as (
				insert into public.responses (stratum_id, date, counted_on, is_morning, ratings)
				select stratum.id, '2031-01-02', '2031-01-02', true,
					array(select case when i.code = 'S0' then 5 end from private.version_items as i where i.version_id = stratum.version_id order by i.position)::smallint[]
				from stratum, generate_series(1, $2::integer)
				returning id)
			insert into public.response_comments (response_id, service_point_id, pool, counted_on, body)
			select answer.id, stratum.service_point_id, stratum.pool, '2031-01-02', ($3::text[])[row_number() over ()] from answer, stratum`,
			[unit, bodies.length, bodies]
		);
		await client.query(
			`update public.response_comments set released_month = $1 where counted_on = '2031-01-02'`,
			[MONTH]
		);
		for (const end = Date.now() + 60_000; Date.now() < end; await sleep(200)) {
			const masked = await client.query(
				`select from private.comments where released_month = $1 and shelf = $1`,
				[MONTH]
			);
			if (masked.rows.length >= bodies.length) return;
		}
		throw new Error('the worker did not mask the comments');
	});
}

beforeAll(async () => {
	browser = await launchBrowser();
	await release([...Array<string>(5).fill(PRAISE), INSULT, RARE, RARE]);
	[officer, leader] = [await signedIn('officer', 360), await signedIn('leader')];
});
afterAll(async () => {
	await browser.close();
	await withDatabase(product.databaseUrl, async (client) => {
		await client.query(`delete from public.responses where date = '2031-01-02'`);
		await client.query(`delete from private.done_notes where text = $1`, [DONE]);
		await client.query(`delete from private.improvements where title like $1`, [`${TITLE}%`]);
		await client.query(`delete from private.tags where name = 'Đèn đóm'`);
	});
});

describe('an officer reads', () => {
	it('masked comments by month, without counter, day or language', async () => {
		await open(officer, '/comments');
		expect(await heading(officer)).toContain('Ý kiến ghi thêm');
		const shown = await text(officer);
		expect(shown).toContain('Tháng 1 năm 2031');
		expect(shown).toMatch(/gọi\s+số điện thoại\s+gặp chị\s+tên/);
		expect(await officer.content()).not.toContain('345 678');
		expect(shown).not.toContain('02/01/2031');
	});

	it('insults behind a click, not deleted', async () => {
		const folded = officer.locator('details', { hasText: 'Lời lẽ xúc phạm' });
		expect(await folded.count()).toBe(1);
		expect(await folded.getByText('chờ cả buổi').isVisible()).toBe(false);
		await folded.locator('summary').click();
		expect(await folded.getByText('chờ cả buổi').isVisible()).toBe(true);
	});

	it('finds words without their diacritics, and nothing where one to four are left', async () => {
		await search(officer, 'moc sang THU');
		expect(await officer.locator('main li').count()).toBe(6);
		expect(await officer.locator('#q').inputValue()).toBe('moc sang THU');
		await search(officer, 'den long xanh');
		expect(await officer.locator('main li').count()).toBe(0);
		expect(await text(officer)).toContain('ít hơn 5 ý kiến');
		await search(officer, 'không ai viết câu này');
		expect(await text(officer)).toContain('Không có ý kiến nào khớp');
		await open(officer, '/comments?month=2031-01&band=3');
		expect(await officer.locator('main li').count()).toBe(8);
		await open(officer, '/comments?month=2031-01&band=1');
		expect(await text(officer)).toContain('ít hơn 5 ý kiến');
	});

	it('the same order every time, and marks what was read', async () => {
		const ids = () =>
			officer.locator('main li a').evaluateAll((links) => links.map((a) => a.getAttribute('href')));
		await open(officer, '/comments?month=2031-01');
		const first = await ids();
		await press(officer, 'Đánh dấu cả trang này là đã đọc');
		expect(await text(officer)).toContain('là đã đọc');
		expect(await ids()).toEqual(first);
		await open(officer, '/comments?month=2031-01&read=yes');
		expect(await ids()).toEqual(first);
	});
});

describe('what is done with them', () => {
	it('a tag is made once, whatever its diacritics, and given to a comment', async () => {
		await open(officer, '/comments/tags');
		await officer.fill('#name-add', 'Đèn đóm');
		await press(officer, 'Thêm nhãn');
		await officer.fill('#name-add', 'den dom');
		await press(officer, 'Thêm nhãn');
		expect(await text(officer)).toContain('Đã có nhãn tên này');
		expect(await officer.locator('#name-add').inputValue()).toBe('den dom');
		await open(officer, '/comments?month=2031-01');
		await follow(officer.locator('main li', { hasText: 'Đèn lồng' }).first().getByRole('link'));
		await officer.getByLabel('Đèn đóm').check();
		await press(officer, 'Lưu nhãn');
		await open(officer, '/comments?month=2031-01');
		expect(
			await officer.locator('main li', { hasText: 'Đèn lồng' }).allInnerTexts()
		).toContainEqual(expect.stringContaining('Đèn đóm'));
	});

	it('a note on what to mend, from a comment, with somebody and a day', async () => {
		await follow(officer.locator('main li', { hasText: 'Đèn lồng' }).first().getByRole('link'));
		await follow(officer.getByRole('link', { name: 'Lập việc cần sửa' }));
		expect(await text(officer)).toContain('Đèn lồng xanh');
		await press(officer, 'Lưu');
		expect(await officer.locator('#title-problem').innerText()).toContain('Hãy ghi việc cần sửa');
		await officer.fill('#title', TITLE);
		await officer.fill('#due_on', '2031-02-01');
		await officer.selectOption('#owner', { index: 1 });
		await officer.selectOption('#subject', 'B1');
		await press(officer, 'Lưu');
		const row = officer.locator('tr', { hasText: TITLE });
		expect(await row.innerText()).toContain('01/02/2031');
	});

	it('two people who change it at once are both told', async () => {
		const link = await officer.getByRole('link', { name: TITLE }).getAttribute('href');
		await open(officer, link!);
		await open(leader, link!);
		await leader.selectOption('#state', 'doing');
		await press(leader, 'Lưu');
		await officer.fill('#title', `${TITLE} và đèn`);
		await press(officer, 'Lưu');
		expect(await text(officer)).toContain('Người khác vừa sửa');
		expect(await text(officer)).toContain('Đang làm');
		expect(await officer.locator('#title').inputValue()).toBe(`${TITLE} và đèn`);
		await press(officer, 'Lưu');
		expect(await text(officer)).toContain(`${TITLE} và đèn`);
	});

	it('what was done is public only once a leader publishes it', async () => {
		await follow(officer.getByRole('link', { name: TITLE }));
		await follow(officer.getByRole('link', { name: 'Ghi là đã làm' }));
		await officer.fill('#text', DONE);
		await press(officer, 'Lưu');
		await follow(officer.getByRole('link', { name: DONE }));
		expect(await officer.getByRole('button', { name: 'Công bố' }).count()).toBe(0);
		const { page: citizen } = await staff.openWindow(browser, { scripts: false });
		await open(citizen, `/results/${unit}`);
		expect(await text(citizen)).not.toContain(DONE);
		await open(leader, '/comments/notes');
		await follow(leader.getByRole('link', { name: DONE }));
		await press(leader, 'Công bố');
		await open(citizen, `/results/${unit}`);
		expect(await text(citizen)).toContain('Chúng tôi đã làm');
		expect(await text(citizen)).toContain(DONE);
	});
});

describe('the words as they were written', () => {
	const REASON = `Người dân xin được gọi lại ${crypto.randomUUID().slice(0, 8)}`;

	it('are not offered to an officer', async () => {
		await open(officer, '/comments?month=2031-01');
		await follow(officer.locator('main li', { hasText: 'Mốc sáng thu' }).first().getByRole('link'));
		expect(await text(officer)).not.toContain('Xem nguyên văn');
	});

	it('need a reason from a leader, and the log says who, which and why', async () => {
		await leader.goto(officer.url());
		await press(leader, 'Xem nguyên văn và ghi nhật ký');
		expect(await leader.locator('#reason-problem').innerText()).toContain('Hãy ghi lý do');
		await leader.fill('#reason', REASON);
		await press(leader, 'Xem nguyên văn và ghi nhật ký');
		expect(await text(leader)).toContain('Nguyên văn (chỉ hiện lần này)');
		const auditor = await signedIn('auditor');
		await open(auditor, '/audit?action=unmask');
		const log = await text(auditor);
		expect(log).toContain(REASON);
		expect(log).toContain('Xem nguyên văn');
		expect(await auditor.content()).not.toContain('345 678');
		await auditor.context().close();
	});
});

it.each(['administrator', 'auditor'])('an %s reads no comments', async (role) => {
	const page = await signedIn(role);
	await open(page, '/comments');
	expect(await heading(page)).not.toContain('Ý kiến ghi thêm');
	expect(await page.getByRole('navigation', { name: 'Các trang' }).innerText()).not.toContain(
		'Ý kiến ghi thêm'
	);
	await page.context().close();
});
