// Evidence is read, and exclusions are proposed, by analysts and leaders of the subtree; leaders decide.

import { NOBODY, PLACES, SUBTREE, type Cells, type Place } from '../places.ts';
import type { Fixture } from '../fixture.ts';
import type { Area } from './area.ts';

const PROPOSERS: Cells = { analyst: SUBTREE, leader: SUBTREE };

/** An exclusion that nobody in particular proposed, in a state. */
async function exclusionAt(place: Place, { owner, units }: Fixture, state: string) {
	const { rows } = await owner.query<{ id: string }>(
		`insert into private.exclusions (organisation_id, unit_id, period, rule, answers, state, reason)
		select organisation_id, id, '2025-Y', 'burst', 5, $2, 'Thử quyền' from units where id = $1 returning id`,
		[units[place], state]
	);
	return rows[0]!.id;
}

export const evidence: Area = {
	reads: {},
	calls: {
		read_evidence: PROPOSERS,
		propose_exclusion: PROPOSERS,
		propose_exclusion_end: PROPOSERS,
		decide_exclusion: { leader: SUBTREE },
		flag_answers: NOBODY
	},
	makers: {
		read_evidence: (place, { units }) => ({ p_unit: units[place] }),
		// Ten flagged answers of its own for each call, so that the call gets through where it may.
		propose_exclusion: async (place, { owner, units }) => {
			await owner.query(
				`insert into private.flagged_answers (day, stratum_id, rule, answers)
				select '2025-03-04', s.id, 'burst', 10 from private.strata as s
				where s.receiving_unit_id = $1 limit 1
				on conflict (day, stratum_id, rule) do update set exclusion_id = null, set_id = null`,
				[units[place]]
			);
			return {
				p_unit: units[place],
				p_point: null,
				p_period: '2025-Y',
				p_rule: 'burst',
				p_reason: 'Thử quyền'
			};
		},
		propose_exclusion_end: async (place, fixture) => ({
			p_exclusion: await exclusionAt(place, fixture, 'in_force'),
			p_reason: 'Thử quyền'
		}),
		decide_exclusion: async (place, fixture) => ({
			p_exclusion: await exclusionAt(place, fixture, 'proposed'),
			p_agrees: true
		})
	},
	async fill({ owner, units, row, organisationOf }) {
		for (const place of PLACES) {
			await owner.query(
				`insert into private.strata (organisation_id, service_point_id, receiving_unit_id, deciding_unit_id, version_id, pool, channel, language)
				select $1, p.id, $2, $2, p.version_id, 'open', 'qr', 'vi' from service_points as p where p.id = $3
				on conflict do nothing`,
				[organisationOf(place), units[place], row('service_points', place)]
			);
		}
	}
};
