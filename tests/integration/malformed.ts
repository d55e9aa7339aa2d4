// Draws malformed requests: to the pages as a broken or hostile browser would send them, and straight to the
// database's API with the public key. None of them may be stored: each is wrong in at least one way that counts.

import { createHmac, randomBytes } from 'node:crypto';
import type { Random } from '../../supabase/local/demo/random.ts';

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
const word = (random: Random) =>
	random.pick([...HOSTILE, ...LONE_SURROGATES, '', '\n'.repeat(50), 'Nguyễn'.repeat(5)]);

/** A ticket that is right in form and signature; `age` in seconds. */
export function signedTicket(secret: string, pointId: string, versionId: string, age = 0): string {
	const nonce = randomBytes(16).toString('base64url');
	const issued = Math.floor(Date.now() / 1000) - age;
	const message = `lang-nghe ticket 1|${nonce}|${pointId}|${versionId}|${issued}`;
	return `${nonce}.${issued}.${createHmac('sha256', secret).update(message).digest('base64url')}`;
}

/** A ticket that cannot count: forged, of another point, expired, from the future, spent, or no ticket at all. */
function badTicket(ground: Ground, point: OpenPoint): { name: string; ticket: unknown } {
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

const FORM = 'application/x-www-form-urlencoded';

/** Encodes as a browser would, except that lone surrogates go out as the bytes that they would have been. */
function encode(fields: [string, string][]): Buffer {
	const part = (text: string) =>
		[
			...Buffer.from(
				text.replace(/[\ud800-\udfff]/g, (unit) =>
					/^[\ud800-\udfff]$/u.test(unit) ? '\u0001' : unit
				)
			)
		]
			.map((byte) => `%${byte.toString(16).padStart(2, '0')}`)
			.join('')
			.replaceAll('%01', '%ed%a0%80');
	return Buffer.from(fields.map(([name, value]) => `${part(name)}=${part(value)}`).join('&'));
}

function post(
	name: string,
	token: string,
	headers: Record<string, string>,
	body: string | Buffer
): Malformed {
	return {
		name,
		to: 'page',
		method: 'POST',
		path: `/s/${token}`,
		headers: { accept: 'text/html', ...headers },
		body
	};
}

/** A POST to a form that must be refused. */
function badForm(ground: Ground): Malformed {
	const { random, marker, ticketSecret } = ground;
	const point = random.pick(ground.points);
	const good = signedTicket(ticketSecret, point.pointId, point.versionId);
	const rated = point.items.map((code): [string, string] => [code, '4']);
	const fields = (ticket: unknown, ratings: [string, string][]): [string, string][] => [
		['ticket', String(ticket)],
		...ratings,
		['comment', `${marker} ${word(random)}`]
	];
	const type = { 'content-type': FORM };
	switch (random.below(8)) {
		case 0:
		case 1: {
			const { name, ticket } = badTicket(ground, point);
			return post(name, point.token, type, encode(fields(ticket, rated)));
		}
		case 2: {
			const wrong = random.pick([
				'6',
				'-1',
				'4.5',
				'abc',
				'99999999999999999999',
				'0x4',
				'4;5',
				'\u0000',
				'\ud800',
				'NaN',
				'４'
			]);
			// S0 stands in every form and belongs to no block that may be closed and then ignored.
			const ratings = rated.map(([code, value]): [string, string] => [
				code,
				code === 'S0' ? wrong : value
			]);
			return post(
				`rating ${JSON.stringify(wrong)}`,
				point.token,
				type,
				encode(fields(good, ratings))
			);
		}
		case 3:
			return post('no rating', point.token, type, encode(fields(good, [])));
		case 4:
			return post(
				'comment too long',
				point.token,
				type,
				encode([
					['ticket', good],
					...rated,
					['comment', marker + 'ý'.repeat(2001 + random.below(9000))]
				])
			);
		case 5:
			return post(
				'not a form',
				point.token,
				{
					'content-type': random.pick([
						'application/json',
						'text/plain',
						'multipart/form-data',
						'multipart/form-data; boundary=x',
						'application/x-www-form',
						''
					])
				},
				JSON.stringify({ ticket: good, comment: marker })
			);
		case 6:
			return post(
				'random bytes',
				point.token,
				random.chance(0.5) ? type : { 'content-type': 'multipart/form-data; boundary=b' },
				Buffer.concat([Buffer.from(marker), randomBytes(random.below(3000))])
			);
		default:
			return post(
				'unknown token',
				word(random) === ''
					? 'x'
					: encodeURIComponent(
							random.pick(['0', 'ZZZZZZZZZZZ', 'a'.repeat(300), 'ÎÏ', '٣٣٣', '..'])
						),
				type,
				encode(fields(good, rated))
			);
	}
}

function badAddress({ random }: Ground): Malformed {
	const odd = () =>
		random.pick([
			'%00',
			'%ff%fe',
			'%c0%af',
			'%ed%a0%80',
			'..%2f..%2f',
			'%252e',
			'a'.repeat(2000),
			'%F0%9F%98%80',
			"'--",
			'0',
			'-1',
			'2026-M13',
			'2026-Q0',
			'%E2%80%AE',
			'{}',
			'[]',
			'00000000-0000-0000-0000-000000000000',
			'null',
			'%0d%0aset-cookie:x',
			'%'
		]);
	const paths = [
		`/s/${odd()}`,
		`/s/${odd()}?lang=${odd()}`,
		`/results?period=${odd()}`,
		`/results?unit=${odd()}&period=${odd()}&lang=${odd()}`,
		`/results/${odd()}`,
		`/results/${odd()}?period=${odd()}`,
		`/posters/${odd()}`,
		`/posters/${odd()}/code.svg`,
		`/posters/${odd()}/code.png?size=${odd()}`,
		`/privacy?org=${odd()}&lang=${odd()}`,
		`/privacy/${odd()}`,
		`/?lang=${odd()}`,
		`/${odd()}`,
		`/healthz?${odd()}`,
		`/_app/${odd()}`,
		`/s/__data.json`,
		`/results/__data.json?x-sveltekit-invalidated=${odd()}`
	];
	return {
		name: 'odd address',
		to: 'page',
		method: random.weighted({ GET: 85, HEAD: 5, PUT: 3, DELETE: 3, OPTIONS: 2, PATCH: 2 }),
		path: random.pick(paths),
		headers: {
			accept: random.pick(['text/html', '*/*', 'application/json', 'x'.repeat(500)]),
			'accept-language': random.pick([
				'vi',
				'zh',
				'en',
				'x;q=NaN',
				',,,;;;',
				'a'.repeat(3000),
				'*;q=0'
			]),
			cookie: random.pick(['', 'x=%00', `${'a=b; '.repeat(200)}`])
		}
	};
}

function huge({ random, points, marker }: Ground): Malformed {
	const size = random.pick([66_000, 120_000, 500_000, 700_000, 2_000_000]);
	return post(
		'huge body',
		random.pick(points).token,
		{ 'content-type': FORM },
		`comment=${marker}${'x'.repeat(size)}`
	);
}

/** A request to the page side. */
export function badPageRequest(ground: Ground): Malformed {
	const kind = ground.random.weighted({ form: 60, address: 39, huge: 1 });
	return kind === 'form' ? badForm(ground) : kind === 'address' ? badAddress(ground) : huge(ground);
}

function anything(random: Random, depth = 0): unknown {
	switch (random.below(depth > 3 ? 6 : 8)) {
		case 0:
			return null;
		case 1:
			return random.pick([0, -1, 1.5, 1e308, 2 ** 53, -0]);
		case 2:
			return random.chance(0.5);
		case 3:
		case 4:
			return word(random);
		case 5:
			return random.pick(['vi', 'self', 'return', '00000000-0000-4000-8000-000000000000']);
		case 6:
			return Array.from({ length: random.below(5) }, () => anything(random, depth + 1));
		default:
			return Object.fromEntries(
				Array.from({ length: random.below(5) }, () => [word(random), anything(random, depth + 1)])
			);
	}
}

/** JSON in which lone surrogates and NUL stay escaped, as they would arrive from a hostile client. */
const json = (value: unknown) => JSON.stringify(value) ?? 'null';

function badItem(ground: Ground): Record<string, unknown> {
	const { random, marker, ticketSecret } = ground;
	const point = random.pick(ground.points);
	const item: Record<string, unknown> = {
		ticket: signedTicket(ticketSecret, point.pointId, point.versionId),
		service_point_id: point.pointId,
		version_id: point.versionId,
		procedure_group_id: null,
		moment: null,
		language: 'vi',
		pressed_by: 'self',
		ratings: point.items.map(() => 4),
		facts: {},
		comment: `${marker} ${word(random)}`
	};
	switch (random.below(5)) {
		case 0:
			item.ticket = badTicket(ground, point).ticket;
			if (item.ticket === point.spent) item.ratings = [];
			return item;
		case 1:
			item.ratings = random.pick<unknown>([
				[],
				null,
				'x',
				{},
				[9],
				point.items.map(() => 7),
				point.items.map(() => '4'),
				point.items.map(() => 4.5),
				point.items.map(() => null),
				[...point.items.map(() => 4), 4],
				point.items.map(() => 1e300)
			]);
			return item;
		case 2:
			item[random.pick(['language', 'pressed_by', 'moment'])] = random.pick([
				'fr',
				'\u0000',
				'\ud800',
				5,
				[],
				{},
				'x'.repeat(5000)
			]);
			return item;
		case 3:
			item[random.pick(['service_point_id', 'version_id', 'procedure_group_id'])] = random.pick([
				'x',
				5,
				[],
				{},
				'\u0000',
				'00000000-0000-4000-8000-000000000000'
			]);
			return item;
		default:
			item[random.pick(['facts', 'comment'])] = random.pick([
				'ý'.repeat(2001),
				`\u0000${marker}`,
				{ F1: [99] },
				{ F1: 'x' },
				[1],
				{ X9: [1] },
				{ F1: [1, 1, 1] },
				5
			]);
			// A number as comment or a text as facts might pass: the ratings do not.
			item.ratings = point.items.map(() => 0);
			return item;
	}
}

/** A call of the database's API with the public key. */
export function badCall(ground: Ground): Malformed {
	const { random, organisation, unit, publishableKey } = ground;
	const call = (name: string, fn: string, body: string, method = 'POST'): Malformed => ({
		name,
		to: 'api',
		method,
		path: `/rest/v1/${fn}`,
		headers: { apikey: publishableKey, 'content-type': 'application/json' },
		body
	});
	switch (random.below(8)) {
		case 0:
		case 1:
		case 2:
		case 3: {
			const items = [badItem(ground), ...(random.chance(0.3) ? [badItem(ground)] : [])];
			return call('bad answer', 'rpc/submit_responses', json({ batch: { items } }));
		}
		case 4:
			return call(
				'bad batch',
				'rpc/submit_responses',
				json({
					batch: random.pick([
						anything(random),
						{ items: anything(random) },
						json({ items: [badItem(ground)] }),
						{ items: [] },
						{ items: Array.from({ length: 501 }, () => 1) }
					])
				})
			);
		case 5:
			return call(
				'no JSON',
				'rpc/submit_responses',
				random.pick([
					'',
					'{',
					'[1,',
					'{"batch":"\\ud800"}',
					'{"batch":{"items":[{"ticket":"\\u0000"}]}}',
					`{"batch":${'['.repeat(2000)}`,
					'\u0000',
					'x'.repeat(200_000)
				])
			);
		case 6:
			return call(
				'bad argument',
				random.pick([
					'rpc/survey_form',
					'rpc/public_results',
					'rpc/public_unit_results',
					'rpc/health'
				]),
				json(
					random.pick<unknown>([
						{ p_token: anything(random) },
						{ p_token: word(random) },
						{ p_organisation: word(random) },
						{ p_organisation: organisation, p_period: word(random) },
						{ p_unit: unit, p_period: anything(random) },
						{ p_unit: 'x' },
						{},
						[],
						{ x: 1 },
						{ p_organisation: organisation, p_period: '2026-M13' }
					])
				)
			);
		default:
			return call(
				'closed door',
				random.pick([
					'responses',
					'response_comments',
					'units',
					'rpc/record_responses',
					'rpc/release_figures',
					'rpc/rebuild_tallies',
					'rpc/claim_lease',
					'rpc/no_such_function',
					'rpc/record_batch',
					'no_such_table',
					'secrets',
					'responses?select=*,strata(*)',
					'responses?id=eq.x',
					'holidays?day=lt.2026-01-01'
				]),
				json(
					random.pick<unknown>([
						anything(random),
						{ p_today: anything(random) },
						{ p_from: anything(random), p_to: anything(random) },
						{ batch: anything(random) }
					])
				),
				random.pick(['POST', 'GET', 'PATCH', 'DELETE', 'PUT'])
			);
	}
}
