// What a citizen is told when an answer cannot be taken: each refusal with its status, its sentence, and what was
// typed still there.

import { spawn, type ChildProcess } from 'node:child_process';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { ROOT } from '../../supabase/local/migrations.ts';
import { freePort } from '../../supabase/local/ports.ts';
import { openForm, postForm } from '../support/citizen.ts';
import { formAddress } from '../support/forms.ts';

const product = inject('product');
let quick: string;
beforeAll(async () => {
	quick = await formAddress(product, 'quick');
});

const title = (page: string) => /<title>([^<]*)<\/title>/.exec(page)?.[1];
const isKept = (page: string, id: string) => new RegExp(`id="${id}"[^>]* checked`).test(page);

async function get(path: string, headers: Record<string, string> = {}) {
	const answer = await fetch(`${product.url}${path}`, { headers });
	return { status: answer.status, page: await answer.text(), headers: answer.headers };
}

describe('a place that cannot be answered', () => {
	it('404: no such form, in the reader’s language', async () => {
		for (const token of ['00000000000', 'abc', 'kh%C3%B4ng-c%C3%B3']) {
			const { status, page } = await get(`/s/${token}`);
			expect(status).toBe(404);
			expect(title(page)).toBe('Lỗi: Không tìm thấy phiếu.');
			expect(page).toContain('Ông/Bà quét lại mã ở quầy hoặc gõ lại địa chỉ dưới mã.');
		}
		const { page } = await get('/s/00000000000', { 'accept-language': 'en' });
		expect(page).toContain('Scan the code at the counter again, or type the address under it.');
		expect(page).not.toContain('<script');
	});

	it('410: closed, with the telephone; an answer already typed is told the same', async () => {
		const database = new pg.Client({ connectionString: product.databaseUrl });
		await database.connect();
		const url = product.url + new URL(product.servicePoints.at(-1)!.url).pathname;
		const token = url.split('/').at(-1);
		const setActive = (isActive: boolean) =>
			database.query('update public.service_points set is_active = $1 where token = $2', [
				isActive,
				token
			]);
		const form = await openForm(url);
		try {
			await setActive(false);
			expect((await postForm(form, { S0: '4' })).status).toBe(410);
			const answer = await fetch(url);
			expect(answer.status).toBe(410);
			const page = await answer.text();
			expect(page).toContain('Nơi này hiện không lấy ý kiến.');
			expect(page).toMatch(/href="tel:\d+"/);
		} finally {
			await setActive(true);
			await database.end();
		}
	});
});

describe('an answer that cannot be taken', () => {
	it('422: nothing chosen; the summary is announced, focused and leads to the first question', async () => {
		const { status, page } = await postForm(await openForm(quick), { comment: 'Xin chào' });
		expect(status).toBe(422);
		expect(title(page)).toMatch(/^Lỗi: Ý kiến của Ông\/Bà về /);
		expect(page).toMatch(/role="alert" tabindex="-1" autofocus/);
		expect(page).toContain('<a href="#S0-1">Ông/Bà chưa chọn câu nào.');
		expect(page).toContain('id="S0-fault"');
		expect(page).toContain('Xin chào</textarea>');
	});

	it('422: an impossible value, at its field, the others kept', async () => {
		const { status, page } = await postForm(await openForm(quick), { S0: '4', C0: '9' });
		expect(status).toBe(422);
		expect(page).toContain('<a href="#C0-1">“Cán bộ phục vụ”: Câu này có giá trị không đúng.');
		expect(page).toContain('id="C0-fault"');
		expect(isKept(page, 'S0-4')).toBe(true);
	});

	it('413: a comment over 2,000 characters, kept to be shortened; 2,000 are taken', async () => {
		const long = 'ế'.repeat(2001);
		const { status, page } = await postForm(await openForm(quick), { S0: '5', comment: long });
		expect(status).toBe(413);
		expect(page).toContain('Ý kiến dài quá 2.000 ký tự.');
		expect(page).toContain(`${long}</textarea>`);
		expect(isKept(page, 'S0-5')).toBe(true);
		const fits = await postForm(await openForm(quick), { S0: '5', comment: '😀'.repeat(2000) });
		expect(fits.status).toBe(200);
	});

	it('413: a body over 64 KB is refused with a page that says how to get the text back', async () => {
		const { status, page } = await postForm(await openForm(quick), { comment: 'x'.repeat(70_000) });
		expect(status).toBe(413);
		expect(page).toContain('phần đã viết thường vẫn còn ở đó');
	});

	it('409: an old or foreign ticket; the next press sends', async () => {
		const form = await openForm(quick);
		const other = await openForm(await formAddress(product, 'nine'));
		for (const ticket of ['', 'rubbish', other.hidden.ticket!]) {
			const answers = { S0: '3', comment: 'còn đây', ticket };
			const { status, page } = await postForm(form, answers);
			expect(status).toBe(409);
			expect(page).toContain('Phiếu mở đã lâu nên cần gửi lại.');
			expect(isKept(page, 'S0-3')).toBe(true);
			expect(page).toContain('còn đây</textarea>');
			const fresh = /name="ticket" value="([^"]+)"/.exec(page)![1]!;
			expect((await postForm(form, { ...answers, ticket: fresh })).status).toBe(200);
		}
	});

	it('is answered with a page for any client, from any origin, in both encodings', async () => {
		const form = await openForm(quick);
		for (const origin of ['null', 'https://elsewhere.example', undefined]) {
			const body = new FormData();
			for (const [name, value] of Object.entries(form.hidden)) body.set(name, value);
			const headers = origin ? { origin } : undefined;
			const answer = await fetch(quick, { method: 'POST', body, headers });
			expect(answer.status).toBe(422);
			expect(answer.headers.get('content-type')).toContain('text/html');
		}
	});
});

describe('503: while the database is away', () => {
	let app: ChildProcess;
	let gate: Server;
	let url: string;
	let isAway = false;

	/** The app of the build on its own, in front of a door to the database that the test can shut. */
	beforeAll(async () => {
		gate = createServer((request, response) => {
			if (isAway) {
				request.socket.destroy();
				return;
			}
			const chunks: Buffer[] = [];
			request.on('data', (chunk: Buffer) => chunks.push(chunk));
			request.on('end', () => {
				const headers = { ...request.headers, host: undefined } as unknown as HeadersInit;
				fetch(product.apiUrl + request.url, {
					method: 'POST',
					headers,
					body: Buffer.concat(chunks)
				})
					.then(async (answer) => {
						response.writeHead(answer.status, { 'content-type': 'application/json' });
						response.end(await answer.text());
					})
					.catch(() => request.socket.destroy());
			});
		});
		await new Promise<void>((resolve) => gate.listen(0, '127.0.0.1', resolve));
		const port = await freePort();
		app = spawn(process.execPath, [join(ROOT, 'build/index.js')], {
			stdio: 'ignore',
			env: {
				PORT: String(port),
				HOST: '127.0.0.1',
				SUPABASE_URL: `http://127.0.0.1:${(gate.address() as AddressInfo).port}`,
				SUPABASE_PUBLISHABLE_KEY: product.publishableKey,
				TICKET_SECRET: product.ticketSecret
			}
		});
		url = `http://127.0.0.1:${port}${new URL(quick).pathname}`;
		for (let tries = 0; tries < 100; tries += 1) {
			if (await fetch(url).catch(() => null)) break;
			await sleep(100);
		}
	});
	afterAll(() => {
		app.kill();
		gate.close();
	});

	it('says so, keeps what was typed, and takes it when the database is back', async () => {
		const form = await openForm(url);
		isAway = true;
		try {
			for (const wait of [0, 5_200]) {
				// At once the form is still remembered; later it is shown although nobody can be asked.
				await sleep(wait);
				const { status, page } = await postForm(form, { S0: '4', comment: 'giữ lại nhé' });
				expect(status).toBe(503);
				expect(page).toContain('Máy chủ đang bận, ý kiến chưa gửi được.');
				expect(isKept(page, 'S0-4')).toBe(true);
				expect(page).toContain('giữ lại nhé</textarea>');
				expect(page).toContain(form.hidden.ticket);
			}
		} finally {
			isAway = false;
		}
		const { status, page } = await postForm(form, { S0: '4', comment: 'giữ lại nhé' });
		expect(status).toBe(200);
		expect(page).toContain('Ý kiến đã được ghi nhận.');
	});

	it('keeps the fields behind a button even when the form was never seen by this process', async () => {
		const other = new URL(await formAddress(product, 'nine')).pathname;
		const form = await openForm(product.url + other);
		isAway = true;
		try {
			const there = { ...form, url: new URL(other, url).href };
			const { status, page } = await postForm(there, { S0: '2', comment: '"<b>giữ' });
			expect(status).toBe(503);
			expect(page).toContain('<input type="hidden" name="S0" value="2"');
			expect(page).toContain('value="&quot;&lt;b>giữ"');
			expect(page).not.toContain('<b>giữ');
			const opened = await fetch(there.url);
			expect(opened.status).toBe(503);
			expect(opened.headers.get('retry-after')).toBe('5');
		} finally {
			isAway = false;
		}
	});
});
