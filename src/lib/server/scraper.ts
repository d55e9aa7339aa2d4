/**
 * Who may read /metrics: with METRICS_TOKEN set whoever sends it, else only a program on this
 * machine that came directly. A reverse proxy on the same machine also has a loopback address, so
 * whatever shows that a proxy passed it on closes the door.
 */
import { timingSafeEqual } from 'node:crypto';

const FORWARDED = [
	'forwarded',
	'x-forwarded-for',
	'x-forwarded-host',
	'x-forwarded-proto',
	'x-real-ip',
	'via'
];
const LOOPBACK = /^(127(\.\d{1,3}){3}|::1|::ffff:127(\.\d{1,3}){3})$/;

function isSame(given: string, wanted: string): boolean {
	const [a, b] = [Buffer.from(given), Buffer.from(wanted)];
	return a.length === b.length && timingSafeEqual(a, b);
}

/**
 * @param address of the other end of the connection
 * @param token METRICS_TOKEN, if set
 */
export function mayScrape(headers: Headers, address: string, token: string | undefined): boolean {
	if (token) return isSame(headers.get('authorization') ?? '', `Bearer ${token}`);
	return LOOPBACK.test(address) && !FORWARDED.some((name) => headers.has(name));
}
