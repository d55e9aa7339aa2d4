import { createHmac } from 'node:crypto';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { isPrivateAddress, problemOf } from '../webhook-address';
import { callWebhook, SIGNATURE_HEADER, signatureOf } from './webhook';

describe('where a webhook may lead', () => {
	it.each([
		['https://example.vn/nhan', undefined],
		['https://203.0.113.7:8443/x', undefined],
		['http://example.vn/nhan', 'not_https'],
		['ftp://example.vn', 'no_address'],
		['https://user:pass@example.vn', 'no_address'],
		['example.vn', 'no_address'],
		['https://localhost/x', 'private'],
		['https://db.internal/', 'private'],
		['https://127.0.0.1/', 'private'],
		['https://2130706433/', 'private'],
		['https://0x7f.1/', 'private'],
		['https://10.1.2.3/', 'private'],
		['https://169.254.169.254/latest/meta-data', 'private'],
		['https://[::1]/', 'private'],
		['https://[::ffff:10.0.0.1]/', 'private'],
		['https://[fd00::1]/', 'private']
	])('%s: %s', (address, expected) => {
		expect(problemOf(address, false)).toBe(expected);
	});

	it('may be inside only where the installation means it', () => {
		expect(problemOf('http://127.0.0.1:8080/nhan', true)).toBeUndefined();
		expect(problemOf('ftp://127.0.0.1', true)).toBe('no_address');
	});

	it('knows the addresses of houses', () => {
		for (const address of [
			'172.16.0.1',
			'172.31.255.255',
			'192.168.1.1',
			'100.64.0.1',
			'0.0.0.0',
			'fe80::1',
			'::',
			'nowhere'
		]) {
			expect([address, isPrivateAddress(address)]).toEqual([address, true]);
		}
		for (const address of ['172.32.0.1', '8.8.8.8', '2001:4860:4860::8888']) {
			expect([address, isPrivateAddress(address)]).toEqual([address, false]);
		}
	});
});

describe('a call', () => {
	const seen: { headers: IncomingMessage['headers']; body: string }[] = [];
	let status = 204;
	let server: Server;
	let url: string;

	beforeAll(async () => {
		server = createServer((request, answer) => {
			let body = '';
			request.on('data', (part: Buffer) => (body += part.toString()));
			request.on('end', () => {
				seen.push({ headers: request.headers, body });
				answer.writeHead(status, status === 302 ? { location: '/elsewhere' } : {}).end('words');
			});
		});
		await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
		url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/nhan`;
	});
	afterAll(() => server.close());
	beforeEach(() => {
		seen.length = 0;
		status = 204;
	});

	it('carries the body and a signature that the receiver can check', async () => {
		await callWebhook(url, 'the secret', '{"alerts":1}', true);
		const { headers, body } = seen[0]!;
		expect(body).toBe('{"alerts":1}');
		const [, t, v1] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(String(headers[SIGNATURE_HEADER])) ?? [];
		expect(v1).toBe(createHmac('sha256', 'the secret').update(`${t}.${body}`).digest('hex'));
		expect(signatureOf('another', body, Number(t))).not.toContain(v1);
	});

	it('fails when it is refused, and follows no redirect', async () => {
		status = 500;
		await expect(callWebhook(url, 's', '{}', true)).rejects.toMatchObject({ code: 'HTTP_500' });
		status = 302;
		await expect(callWebhook(url, 's', '{}', true)).rejects.toMatchObject({ code: 'HTTP_302' });
		expect(seen).toHaveLength(2);
	});

	it('goes nowhere inside unless that is meant', async () => {
		await expect(callWebhook(url, 's', '{}', false)).rejects.toMatchObject({ code: 'NOT_HTTPS' });
		await expect(
			callWebhook(url.replace('http:', 'https:'), 's', '{}', false)
		).rejects.toMatchObject({ code: 'PRIVATE' });
		expect(seen).toHaveLength(0);
	});
});
