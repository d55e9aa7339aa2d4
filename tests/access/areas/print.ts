// Posters, slips and paper forms: for officers and administrators of the subtree; a code is asked by anybody.

import { randomUUID } from 'node:crypto';
import { ANYBODY, NOBODY, PLACES, SUBTREE, type Cells } from '../places.ts';
import type { Area } from './area.ts';

const PRINTERS: Cells = { officer: SUBTREE, administrator: SUBTREE };
const ANSWERS = { ratings: [] };

export const print: Area = {
	reads: {},
	calls: {
		list_print_points: PRINTERS,
		read_print_points: PRINTERS,
		make_slips: PRINTERS,
		list_slip_batches: PRINTERS,
		withdraw_slips: PRINTERS,
		read_slip: ANYBODY,
		open_paper_batch: PRINTERS,
		key_paper_sheet: PRINTERS,
		undo_paper_sheet: PRINTERS,
		close_paper_batch: PRINTERS,
		key_paper_again: PRINTERS,
		settle_paper_sheet: PRINTERS,
		submit_paper_batch: PRINTERS,
		drop_paper_batch: PRINTERS,
		list_paper_batches: PRINTERS,
		read_paper_batch: PRINTERS,
		record_paper_batch: NOBODY,
		tidy_slips: NOBODY,
		tidy_paper: NOBODY
	},
	makers: {
		list_print_points: (place, { units }) => ({ p_unit: units[place] }),
		read_print_points: (place, { units }) => ({ p_unit: units[place], p_chosen: { units: [] } }),
		make_slips: (place, fixture) => ({
			p_batch: randomUUID(),
			p_point: fixture.row('service_points', place)?.[1],
			p_moment: 'receive',
			p_count: 1,
			p_expires: '2000-01-01'
		}),
		list_slip_batches: (place, { units }) => ({ p_unit: units[place] }),
		withdraw_slips: (place, fixture) => ({ p_batch: fixture.row('slip_batches', place)?.[1] }),
		read_slip: () => ({ p_code: '0000000000' }),
		open_paper_batch: (place, fixture) => ({
			p_point: fixture.row('service_points', place)?.[1],
			p_day: '2026-01-01',
			p_half_day: 'morning'
		}),
		key_paper_sheet: (place, fixture) => ({
			...paper(place, fixture),
			p_number: 1,
			p_answers: ANSWERS
		}),
		undo_paper_sheet: (place, fixture) => paper(place, fixture),
		close_paper_batch: (place, fixture) => paper(place, fixture),
		key_paper_again: (place, fixture) => ({
			...paper(place, fixture),
			p_number: 1,
			p_answers: ANSWERS
		}),
		settle_paper_sheet: (place, fixture) => ({
			...paper(place, fixture),
			p_number: 1,
			p_answers: ANSWERS
		}),
		submit_paper_batch: (place, fixture) => paper(place, fixture),
		drop_paper_batch: (place, fixture) => paper(place, fixture),
		list_paper_batches: (place, { units }) => ({ p_unit: units[place] }),
		read_paper_batch: (place, fixture) => paper(place, fixture),
		record_paper_batch: () => ({ p_batch: randomUUID() })
	},
	async fill({ insert, put, row, units, organisationOf }) {
		for (const place of PLACES) {
			const point = row('service_points', place);
			const house = [organisationOf(place), units[place], point];
			const number = PLACES.indexOf(place) + 1;
			const slips = await insert(
				`insert into private.slip_batches (id, organisation_id, unit_id, service_point_id, number, moment, slips, made_on, expires_on)
				values (gen_random_uuid(), $1, $2, $3, $4, 'receive', 1, '2026-01-01', '2026-01-01') returning id`,
				[...house, number]
			);
			put('slip_batches', place, 'id', slips);
			const batch = await insert(
				`insert into private.paper_batches (organisation_id, unit_id, service_point_id, version_id, number, language, day, half_day)
				select $1, $2, id, version_id, $4, 'vi', '2026-01-01', 'morning' from service_points where id = $3 returning id`,
				[...house, number]
			);
			put('paper_batches', place, 'id', batch);
		}
	}
};

function paper(place: Parameters<NonNullable<Area['makers'][string]>>[0], fixture: FixtureOf) {
	return { p_batch: fixture.row('paper_batches', place)?.[1] };
}
type FixtureOf = Parameters<NonNullable<Area['makers'][string]>>[1];
