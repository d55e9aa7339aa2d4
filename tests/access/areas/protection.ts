// Data protection: contact, times and working days. What concerns the whole organisation is refused to everybody here,
// because these members hold their roles at a unit of it: supabase/tests/060_protection.sql has those who may.

import { BY_ADMINISTRATORS, NOBODY, SUBTREE } from '../places.ts';
import type { Area } from './area.ts';

export const protection: Area = {
	reads: {},
	calls: {
		read_protection: { leader: SUBTREE, administrator: SUBTREE },
		change_protection: NOBODY,
		read_calendar: BY_ADMINISTRATORS,
		put_calendar_day: NOBODY,
		remove_calendar_day: NOBODY,
		enforce_retention: NOBODY
	},
	makers: {
		read_protection: (place, { units }) => ({ p_unit: units[place] }),
		change_protection: (place, { units }) => ({
			p_organisation: units[place],
			p_revision: 0,
			p_values: {}
		}),
		read_calendar: (place, { units }) => ({ p_unit: units[place], p_year: 2026 }),
		put_calendar_day: (place, { units }) => ({
			p_organisation: units[place],
			p_day: '2031-02-03',
			p_works: false,
			p_name: 'thử'
		}),
		remove_calendar_day: (place, { row }) => ({
			p_line: row('holidays', place === 'foreign' ? 'foreign' : 'above')?.[1]
		})
	}
};
