/**
 * The mark of the last click, kept in a cookie: `<unix seconds>.<signature>`, bound to the person.
 * The server decides by it when a session has been idle too long; the signature keeps anybody at a
 * shared machine from moving it. Must not know: cookies and routes.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';

/** A mark is renewed after this many seconds, not with every click. */
export const RENEW_SECONDS = 15;

function signature(secret: string, person: string, at: string): string {
	return createHmac('sha256', secret)
		.update(`lang-nghe activity 1|${person}|${at}`)
		.digest('base64url');
}

/** @param now unix seconds */
export function activityMark(secret: string, person: string, now: number): string {
	const at = String(Math.floor(now));
	return `${at}.${signature(secret, person, at)}`;
}

/**
 * Seconds since the last click.
 * @returns undefined when the mark is missing, forged or another person's
 */
export function idleSeconds(
	mark: string | undefined,
	secret: string,
	person: string,
	now: number
): number | undefined {
	const [at = '', signed = ''] = (mark ?? '').split('.');
	const wanted = Buffer.from(signature(secret, person, at));
	const given = Buffer.from(signed);
	if (!/^\d{1,12}$/.test(at) || given.length !== wanted.length) return undefined;
	return timingSafeEqual(given, wanted) ? now - Number(at) : undefined;
}
