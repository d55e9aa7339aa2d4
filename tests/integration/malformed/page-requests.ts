// Requests to the pages as a broken or hostile browser would send them. None may be stored: each form is wrong in at
// least one way that counts.

import { randomBytes } from 'node:crypto';
import { badTicket, signedTicket, word, type Ground, type Malformed } from './ground.ts';

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
