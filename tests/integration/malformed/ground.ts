// What the attackers of fuzz.test.ts know and send, their hostile words, and tickets that cannot count.

import { createHmac, randomBytes } from 'node:crypto';
import type { Random } from '../../../supabase/local/demo/random.ts';

/** One request, ready to be sent byte by byte. */
export interface Malformed {
	/** What is wrong with it, for the report of a failure. */
	name: string;
	to: 'page' | 'api';
	method: string;
	path: string;
	headers: Record<string, string>;
	body?: string | Buffer;
}

/** An open form, as the attacker found it. */
export interface OpenPoint {
	token: string;
	pointId: string;
	versionId: string;
	/** Codes of the items in the order of the version. */
	items: string[];
	/** A ticket that was spent before. */
	spent: string;
}

export interface Ground {
	random: Random;
	points: OpenPoint[];
	ticketSecret: string;
	publishableKey: string;
	organisation: string;
	unit: string;
	/** Appears in what is sent as an answer, and must appear in no log. */
	marker: string;
}

const LONE_SURROGATES = ['\ud800', '\udc00', '\udbff\udbff'];
const HOSTILE = [
	'\u0000',
	'\u0000\u0000',
	'\u202e',
	'\ufeff',
	'\uffff',
	'\u0007\u001b[31m',
	'😀'.repeat(40),
	'a\u0300'.repeat(300),
	"' or 1=1 --",
	'"; drop table responses; --',
	'<script>alert(1)</script>',
	'{{7*7}}',
	'${7*7}',
	'../../etc/passwd',
	'%00',
	'%ff',
	'NaN',
	'null',
	'undefined',
	'[object Object]',
	'-0',
	'1e309',
	'0x10',
	'٣',
	'５',
	'4 ',
	' 4',
	'4.0',
	'+4',
	'04'
];
/** A text that something might stumble over. */
export const word = (random: Random) =>
	random.pick([...HOSTILE, ...LONE_SURROGATES, '', '\n'.repeat(50), 'Nguyễn'.repeat(5)]);

/** A ticket that is right in form and signature; `age` in seconds. */
export function signedTicket(secret: string, pointId: string, versionId: string, age = 0): string {
	const nonce = randomBytes(16).toString('base64url');
	const issued = Math.floor(Date.now() / 1000) - age;
	const message = `lang-nghe ticket 1|${nonce}|${pointId}|${versionId}|${issued}`;
	return `${nonce}.${issued}.${createHmac('sha256', secret).update(message).digest('base64url')}`;
}

/** A ticket that cannot count: forged, of another point, expired, from the future, spent, or no ticket at all. */
export function badTicket(ground: Ground, point: OpenPoint): { name: string; ticket: unknown } {
	const { random, ticketSecret: secret, points } = ground;
	const good = () => signedTicket(secret, point.pointId, point.versionId);
	switch (random.below(9)) {
		case 0:
			return {
				name: 'forged ticket',
				ticket: signedTicket(`${secret}x`, point.pointId, point.versionId)
			};
		case 1: {
			const other = points.find(({ pointId }) => pointId !== point.pointId) ?? point;
			return {
				name: 'ticket of another point',
				ticket: signedTicket(secret, other.pointId, point.versionId)
			};
		}
		case 2:
			return {
				name: 'expired ticket',
				ticket: signedTicket(secret, point.pointId, point.versionId, 86_401 + random.below(10 ** 8))
			};
		case 3:
			return {
				name: 'ticket of tomorrow',
				ticket: signedTicket(secret, point.pointId, point.versionId, -400 - random.below(10 ** 6))
			};
		case 4:
			return { name: 'spent ticket', ticket: point.spent };
		case 5: {
			const at = random.below(22);
			const text = good();
			return {
				name: 'changed ticket',
				ticket: text.slice(0, at) + (text[at] === 'A' ? 'B' : 'A') + text.slice(at + 1)
			};
		}
		case 6:
			return {
				name: 'ticket with more behind it',
				ticket: `${good()}${random.pick(['.', '=', '\u0000', ' ', '\n', 'A'])}`
			};
		case 7:
			return { name: 'hostile ticket', ticket: word(random).repeat(1 + random.below(50)) };
		default:
			return {
				name: 'ticket of a wrong type',
				ticket: random.pick([null, 5, true, [], {}, [good(), good()], { ticket: good() }])
			};
	}
}
