import { describe, expect, it } from 'vitest';
import { mayScrape } from './scraper';

const ask = (headers: Record<string, string> = {}) => new Headers(headers);

describe('who may read the metrics', () => {
	it('is a program on this machine that came directly', () => {
		for (const address of ['127.0.0.1', '::1', '::ffff:127.0.0.1']) {
			expect(mayScrape(ask(), address, undefined)).toBe(true);
		}
		for (const address of ['192.168.1.7', '::ffff:10.0.0.1', '127.evil', 'fe80::1', '']) {
			expect(mayScrape(ask(), address, undefined)).toBe(false);
		}
	});

	it('is nobody who came through a proxy, whose address is that of this machine too', () => {
		for (const name of ['x-forwarded-for', 'x-real-ip', 'forwarded', 'via', 'x-forwarded-proto']) {
			expect(mayScrape(ask({ [name]: '127.0.0.1' }), '127.0.0.1', undefined)).toBe(false);
		}
	});

	it('is, with a token, only who sends it', () => {
		const token = 'a-token-of-some-length';
		expect(mayScrape(ask({ authorization: `Bearer ${token}` }), '10.0.0.9', token)).toBe(true);
		expect(mayScrape(ask(), '127.0.0.1', token)).toBe(false);
		expect(mayScrape(ask({ authorization: 'Bearer other' }), '127.0.0.1', token)).toBe(false);
	});
});
