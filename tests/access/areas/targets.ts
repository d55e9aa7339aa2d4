// Targets, owners, indices, reports due, outlines, explanations. What concerns the whole organisation is refused to
// everybody here, because these members hold their roles at a unit of it: supabase/tests/130_targets.sql has those who may.

import { NOBODY, SUBTREE, type Cells } from '../places.ts';
import type { Area, MakeArguments } from './area.ts';

const COMPARERS: Cells = { analyst: SUBTREE, leader: SUBTREE };
const SETTERS: Cells = { analyst: SUBTREE, leader: SUBTREE, administrator: SUBTREE };
const ofUnit: MakeArguments = (place, { units }) => ({ p_unit: units[place] });
const ofHouse =
	(more: Record<string, unknown>): MakeArguments =>
	(place, { units }) => ({ p_organisation: units[place], ...more });
let round = 0;

export const targets: Area = {
	reads: {},
	calls: {
		list_targets: COMPARERS,
		unit_targets: { officer: SUBTREE, ...COMPARERS },
		put_target: { leader: SUBTREE },
		remove_target: { leader: SUBTREE },
		read_owner_map: SETTERS,
		put_owner_map: NOBODY,
		read_index_goals: SETTERS,
		put_index_goal: NOBODY,
		remove_index_goal: NOBODY,
		read_outline: COMPARERS,
		put_outline: NOBODY,
		remove_outline: NOBODY,
		list_reports: COMPARERS,
		put_report_plan: NOBODY,
		put_report_state: NOBODY,
		put_explanation: { leader: SUBTREE }
	},
	makers: {
		list_targets: ofUnit,
		unit_targets: (place, { units }) => ({ p_unit: units[place], p_period: '2026-Y' }),
		// Once per unit, dimension and period: every call asks for another one.
		put_target: (place, { units }) => ({
			p_unit: units[place],
			p_values: {
				dimension: 'access',
				period: `20${30 + (round++ % 60)}-Y`,
				permille: 900,
				source: ''
			}
		}),
		remove_target: (place, { row }) => ({ p_target: row('private.targets', place)?.[1] }),
		read_owner_map: ofUnit,
		put_owner_map: ofHouse({ p_owners: {}, p_seen: 0 }),
		read_index_goals: ofUnit,
		put_index_goal: ofHouse({ p_values: {} }),
		remove_index_goal: ofHouse({ p_goal: '00000000-0000-4000-8000-000000000000' }),
		read_outline: ofUnit,
		put_outline: ofHouse({ p_name: 'mau.docx', p_file: '' }),
		remove_outline: ofHouse({}),
		list_reports: ofUnit,
		put_report_plan: ofHouse({ p_plan: { items: [] }, p_seen: 0 }),
		put_report_state: ofHouse({ p_period: '2026-H1', p_values: {}, p_seen: 0 }),
		put_explanation: (place, { units }) => ({
			p_unit: units[place],
			p_period: '2026-Q1',
			p_measure: 'S0',
			p_text: 'Thử'
		})
	},
	async fill({ insert, put, units, organisationOf }) {
		for (const place of ['own', 'below', 'sister', 'above', 'foreign'] as const) {
			put(
				'private.targets',
				place,
				'id',
				await insert(
					`insert into private.targets (organisation_id, unit_id, dimension, period, permille)
					values ($1, $2, 'overall', '2026-Y', 900) returning id`,
					[organisationOf(place), units[place]]
				)
			);
		}
	}
};
