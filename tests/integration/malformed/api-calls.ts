// Calls of the database's API with the public key, as somebody would send them who has read its documentation. None
// may be stored: each answer is wrong in at least one way that counts.

import type { Random } from '../../../supabase/local/demo/random.ts';
import { badTicket, signedTicket, word, type Ground, type Malformed } from './ground.ts';

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
