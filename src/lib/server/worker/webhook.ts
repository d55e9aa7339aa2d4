// Calls a webhook: one POST of counts and a link, signed, to where the name leads at this moment and to no machine
// inside the house. Follows no redirect and reads no answer but its status.

import { createHmac } from 'node:crypto';
import { lookup as resolve, type LookupAddress } from 'node:dns';
import { request as overHttp } from 'node:http';
import { request as overHttps } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { isPrivateAddress, problemOf } from '../webhook-address.ts';

const TIMEOUT = 10_000;
export const SIGNATURE_HEADER = 'x-lang-nghe-signature';

/** A call that failed, with a short code and nothing of the other side's words. */
export class CallFailed extends Error {
	override name = 'CallFailed';
	readonly code: string;
	constructor(code: string) {
		super(`the webhook failed (${code})`);
		this.code = code;
	}
}

/** `t=<unix seconds>,v1=<HMAC-SHA256 of "t.body" in hex>`: whoever knows the secret can tell that we sent this, and when. */
export function signatureOf(secret: string, body: string, seconds: number): string {
	const signed = createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex');
	return `t=${seconds},v1=${signed}`;
}

/** Resolves names, and refuses those that lead inside: what is connected to is what was looked at. */
const publicLookup: LookupFunction = (host, options, done) => {
	resolve(host, { ...options, all: true }, (error, found: LookupAddress[]) => {
		if (error) return done(error, '', 0);
		if (found.length === 0 || found.some(({ address }) => isPrivateAddress(address))) {
			return done(Object.assign(new Error('private address'), { code: 'PRIVATE' }), '', 0);
		}
		if (options.all) return done(null, found);
		return done(null, found[0]!.address, found[0]!.family);
	});
};

/**
 * @param body JSON text
 * @param allowPrivate also http, and hosts inside the house
 * @throws CallFailed with HTTP_<status>, TIMEOUT, PRIVATE, NOT_HTTPS or the system's code
 */
export async function callWebhook(
	url: string,
	secret: string,
	body: string,
	allowPrivate: boolean
): Promise<void> {
	const problem = problemOf(url, allowPrivate);
	if (problem) throw new CallFailed(problem.toUpperCase());
	const target = new URL(url);
	const request = target.protocol === 'https:' ? overHttps : overHttp;
	const isName = isIP(target.hostname.replace(/^\[|\]$/g, '')) === 0;
	await new Promise<void>((done, failed) => {
		const call = request(
			target,
			{
				method: 'POST',
				timeout: TIMEOUT,
				...(allowPrivate || !isName ? {} : { lookup: publicLookup }),
				headers: {
					'content-type': 'application/json',
					'content-length': Buffer.byteLength(body),
					'user-agent': 'lang-nghe',
					[SIGNATURE_HEADER]: signatureOf(secret, body, Math.floor(Date.now() / 1000))
				}
			},
			(answer) => {
				const status = answer.statusCode ?? 0;
				answer.destroy();
				if (status >= 200 && status < 300) done();
				else failed(new CallFailed(`HTTP_${status}`));
			}
		);
		call.on('timeout', () => call.destroy(new CallFailed('TIMEOUT')));
		call.on('error', (error: Error & { code?: string }) =>
			failed(error instanceof CallFailed ? error : new CallFailed(error.code ?? 'FAILED'))
		);
		call.end(body);
	});
}
