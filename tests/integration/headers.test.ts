// What every answer carries and what none does: scripts only with a nonce, no frame, no sniffing, no boasting about
// the software, no cookie for who only reads or answers.

import { describe, expect, inject, it } from 'vitest';

const product = inject('product');
const token = () => new URL(product.servicePoints[0]!.url).pathname;
const PATHS: [string, () => string][] = [
	['home', () => '/'],
	['results', () => '/results'],
	['the form', token],
	['the privacy notice', () => '/privacy'],
	['an unknown point', () => '/s/00000000000'],
	['an unknown page', () => '/khong-co'],
	['healthz', () => '/healthz']
];

const directives = (policy: string) =>
	new Map(policy.split(/;\s*/).map((part) => [part.split(' ')[0], part.split(' ').slice(1)]));

describe.each(PATHS)('%s', (_, path) => {
	it('carries the headers that protect its reader', async () => {
		const { headers } = await fetch(product.url + path(), { headers: { accept: 'text/html' } });
		expect(Object.fromEntries(headers)).toMatchObject({
			'x-content-type-options': 'nosniff',
			'x-frame-options': 'DENY',
			'referrer-policy': 'strict-origin-when-cross-origin',
			'cross-origin-opener-policy': 'same-origin'
		});
		// Without TLS a browser must not be told to insist on it: the office network would lock itself out.
		expect(headers.has('strict-transport-security')).toBe(false);
		for (const name of ['x-powered-by', 'server', 'x-sveltekit-page', 'set-cookie']) {
			expect(headers.get(name)).toBeNull();
		}
	});

	it('runs no script that it has not signed', async () => {
		const answer = await fetch(product.url + path(), { headers: { accept: 'text/html' } });
		const page = await answer.text();
		if (!answer.headers.get('content-type')?.startsWith('text/html')) {
			expect(page.startsWith('{')).toBe(true);
			return;
		}
		const policy = directives(answer.headers.get('content-security-policy') ?? '');
		expect(policy.get('default-src')).toEqual(["'self'"]);
		expect(policy.get('object-src')).toEqual(["'none'"]);
		expect(policy.get('base-uri')).toEqual(["'none'"]);
		expect(policy.get('form-action')).toEqual(["'self'"]);
		expect(policy.get('frame-ancestors')).toEqual(["'none'"]);
		const allowed = policy.get('script-src') ?? [];
		expect(allowed.filter((source) => !/^'(self|nonce-[\w+/=]+)'$/.test(source))).toEqual([]);
		for (const [script] of page.matchAll(/<script\b[^>]*>/g)) {
			const nonce = /\bnonce="([^"]+)"/.exec(script)?.[1];
			expect(allowed).toContain(`'nonce-${nonce}'`);
		}
		expect(page).not.toMatch(/<[a-z][^>]*\son[a-z]+\s*=/i);
		expect(page).not.toMatch(/(?:href|src|action)\s*=\s*"javascript:/i);
	});
});

describe('a nonce', () => {
	it('is another one each time', async () => {
		const nonce = async () =>
			/'nonce-([^']+)'/.exec(
				(await fetch(`${product.url}/results`)).headers.get('content-security-policy') ?? ''
			)?.[1];
		expect(await nonce()).toBeTruthy();
		expect(await nonce()).not.toBe(await nonce());
	});
});

describe('/metrics', () => {
	const ask = (headers: Record<string, string> = {}) =>
		fetch(`${product.url}/metrics`, { headers });

	it('answers a scraper on this machine, and nobody who came through a proxy', async () => {
		const answer = await ask();
		expect(answer.status).toBe(200);
		expect(answer.headers.get('content-type')).toMatch(/^text\/plain/);
		expect((await ask({ 'x-forwarded-for': '127.0.0.1' })).status).toBe(404);
	});

	it('counts requests by the pattern of their route, and never a path, a token or an answer', async () => {
		await fetch(product.url + token());
		await fetch(`${product.url}/results?lang=vi&q=nguyen-van-a`);
		const text = await (await ask()).text();
		expect(text).toContain('route="/(citizen)/s/[token=token]"');
		expect(text).toMatch(/lang_nghe_job_failing\{job="check recording"\} 0/);
		expect(text).toMatch(/lang_nghe_worker_lease_age_seconds \d/);
		expect(text).not.toContain(token().split('/')[2]);
		expect(text).not.toContain('nguyen-van-a');
		expect(text).not.toMatch(/\d+\.\d+\.\d+\.\d+/);
	});
});
