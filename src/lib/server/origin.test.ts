import { describe, expect, it } from 'vitest';
import { mayPost } from './origin';

const post = (origin?: string) =>
	new Request('http://x/', { method: 'POST', headers: origin ? { origin } : {} });

describe('where a form comes from', () => {
	it('does not matter for citizens', () => {
		for (const origin of ['null', 'https://zalo.example', undefined]) {
			expect(mayPost(post(origin), '/(citizen)/s/[token=token]', 'a:3000')).toBe(true);
		}
	});

	it('must be our own host everywhere else', () => {
		expect(mayPost(post('http://a:3000'), '/(office)/setup', 'a:3000')).toBe(true);
		expect(mayPost(post('https://a:3000'), '/(office)/setup', 'a:3000')).toBe(true);
		for (const origin of ['null', 'http://b:3000', 'http://a', undefined]) {
			expect(mayPost(post(origin), '/(office)/setup', 'a:3000')).toBe(false);
			expect(mayPost(post(origin), null, 'a:3000')).toBe(false);
		}
	});

	it('does not matter for machines, which bring a token', () => {
		expect(mayPost(post(), '/api/v1/served', 'a:3000')).toBe(true);
	});

	it('does not matter for reading', () => {
		expect(mayPost(new Request('http://x/'), null, 'a')).toBe(true);
	});
});
