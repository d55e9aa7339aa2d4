// Units, service points and procedures: administrators set up their subtree, members read how units follow each other.

import { randomUUID } from 'node:crypto';
import type { Fixture } from '../fixture.ts';
import { BY_ADMINISTRATORS, forMembers, INSIDE, NOBODY, PLACES, SUBTREE } from '../places.ts';
import type { Place } from '../places.ts';
import type { Area, MakeArguments } from './area.ts';

const id = (table: string, place: Place, fixture: Fixture) => fixture.row(table, place)?.[1];
const atUnit: MakeArguments = (place, { units }) => ({ p_unit: units[place] });
const atPoint: MakeArguments = (place, fixture) => ({
	p_point: id('service_points', place, fixture)
});
const words = { vi: 'Thử' };

/** A procedure that may be deleted. */
async function newProcedure(place: Place, { owner, units, row }: Fixture): Promise<string> {
	const { rows } = await owner.query<{ id: string }>(
		`insert into procedures (organisation_id, procedure_group_id, deciding_unit_id, code, name)
		select organisation_id, id, $2, $3, 'Thủ tục' from procedure_groups where id = $1 returning id`,
		[row('procedure_groups', place)?.[1], units[place], randomUUID()]
	);
	return rows[0]!.id;
}

export const units: Area = {
	reads: {
		unit_successions: forMembers(INSIDE),
		replaced_tokens: NOBODY,
		point_checks: NOBODY
	},
	calls: {
		read_units: BY_ADMINISTRATORS,
		read_unit: BY_ADMINISTRATORS,
		choose_units: BY_ADMINISTRATORS,
		save_unit: BY_ADMINISTRATORS,
		move_unit: BY_ADMINISTRATORS,
		close_unit: BY_ADMINISTRATORS,
		reopen_unit: BY_ADMINISTRATORS,
		remove_unit: BY_ADMINISTRATORS,
		merge_units: BY_ADMINISTRATORS,
		// The parts of one's own unit would stand beside it, under a unit that is not one's own.
		split_unit: { administrator: ['below'] },
		list_points: BY_ADMINISTRATORS,
		read_point: BY_ADMINISTRATORS,
		point_choices: BY_ADMINISTRATORS,
		save_point: BY_ADMINISTRATORS,
		add_points: BY_ADMINISTRATORS,
		replace_token: BY_ADMINISTRATORS,
		check_points: BY_ADMINISTRATORS,
		list_procedures: BY_ADMINISTRATORS,
		read_procedure: BY_ADMINISTRATORS,
		read_procedure_group: BY_ADMINISTRATORS,
		save_procedure: BY_ADMINISTRATORS,
		save_procedure_group: BY_ADMINISTRATORS,
		remove_procedure: BY_ADMINISTRATORS,
		remove_procedure_group: BY_ADMINISTRATORS,
		setup_state: { administrator: SUBTREE, leader: SUBTREE }
	},
	makers: {
		read_units: atUnit,
		read_unit: atUnit,
		choose_units: atUnit,
		save_unit: (place, { units }) => ({
			p_unit: null,
			p_values: { parent_id: units[place], names: words, kind: 'yard' }
		}),
		// Revision 0 has never been: whoever may is told that the unit has changed.
		move_unit: (place, { units }) => ({
			p_unit: units[place],
			p_parent: units[place],
			p_seen: 0
		}),
		close_unit: (place, { units }) => ({
			p_unit: units[place],
			p_on: '2026-01-01',
			p_reason: 'Thử',
			p_seen: 0
		}),
		reopen_unit: atUnit,
		remove_unit: atUnit,
		merge_units: (place, { units }) => ({
			p_values: { units: [units[place]], on: '2026-01-01', reason: 'Thử' }
		}),
		split_unit: (place, { units }) => ({
			p_unit: units[place],
			p_values: { parts: [], on: '2026-01-01', reason: 'Thử' }
		}),
		list_points: atUnit,
		read_point: atPoint,
		point_choices: atUnit,
		save_point: (place, fixture) => ({
			p_point: id('service_points', place, fixture),
			p_values: { labels: words },
			p_seen: 0
		}),
		add_points: (place, { units }) => ({
			p_unit: units[place],
			p_batch: { items: [{ labels: { vi: randomUUID() } }] }
		}),
		replace_token: atPoint,
		check_points: (place, fixture) => ({
			p_unit: fixture.units[place],
			p_batch: { items: [id('service_points', place, fixture)] }
		}),
		list_procedures: atUnit,
		read_procedure: (place, fixture) => ({ p_procedure: id('procedures', place, fixture) }),
		read_procedure_group: (place, fixture) => ({
			p_group: id('procedure_groups', place, fixture)
		}),
		save_procedure: (place, fixture) => ({
			p_procedure: id('procedures', place, fixture),
			p_values: { name: 'Thử' },
			p_seen: 0
		}),
		save_procedure_group: (place, { units }) => ({
			p_group: null,
			p_values: { deciding_unit_id: units[place], names: words, code: randomUUID() }
		}),
		remove_procedure: async (place, fixture) => ({
			p_procedure: await newProcedure(place, fixture)
		}),
		remove_procedure_group: (place, fixture) => ({
			p_group: id('procedure_groups', place, fixture)
		}),
		setup_state: atUnit
	},
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
