// Units, service points and procedures: administrators set up their subtree, members read how units follow each other.

import { forMembers, INSIDE, NOBODY, PLACES } from '../places.ts';
import type { Area } from './area.ts';

export const units: Area = {
	reads: {
		unit_successions: forMembers(INSIDE),
		replaced_tokens: NOBODY,
		point_checks: NOBODY
	},
	calls: {},
	makers: {},
	async fill({ insert, put, row, units, organisationOf }) {
		for (const place of PLACES) {
			const house = organisationOf(place);
			const point = row('service_points', place);
			const before = await insert(
				`insert into units (organisation_id, parent_id, kind, names, valid_to)
				values ($1, $1, 'office', '{"vi": "Đơn vị cũ"}', '2025-07-01') returning id`,
				[house]
			);
			put(
				'unit_successions',
				place,
				'id',
				await insert(
					`insert into unit_successions (organisation_id, predecessor_id, successor_id, on_day)
					values ($1, $2, $3, '2025-07-01') returning id`,
					[house, before, units[place]]
				)
			);
			put(
				'replaced_tokens',
				place,
				'token',
				await insert(
					`insert into replaced_tokens (token, organisation_id, service_point_id)
					values (private.new_token(), $1, $2) returning token as id`,
					[house, point]
				)
			);
			put(
				'point_checks',
				place,
				'id',
				await insert(
					`insert into point_checks (organisation_id, service_point_id, month)
					values ($1, $2, '2025-07-01') returning id`,
					[house, point]
				)
			);
		}
	}
};
