// Data protection: contact, times, working days, export and deletion. What concerns the whole organisation is refused to everybody here,
// because these members hold their roles at a unit of it: supabase/tests/060_protection.sql has those who may.

import { BY_ADMINISTRATORS, NOBODY, SUBTREE } from '../places.ts';
import type { Area, MakeArguments } from './area.ts';

const RECIPIENT = `age1${'q'.repeat(58)}`;

/** A request belongs to a whole organisation: seen from a unit it is that of the one above. */
const requestOf =
	(table: string) =>
	(...[place, { row }]: Parameters<MakeArguments>) => ({
		p_request: row(table, place === 'foreign' ? 'foreign' : 'above')?.[1]
	});

export const protection: Area = {
	reads: { archive_requests: NOBODY, deletion_requests: NOBODY },
	calls: {
		read_protection: { leader: SUBTREE, administrator: SUBTREE },
		change_protection: NOBODY,
		read_calendar: BY_ADMINISTRATORS,
		put_calendar_day: NOBODY,
		remove_calendar_day: NOBODY,
		change_office_hours: NOBODY,
		enforce_retention: NOBODY,
		read_archive: { leader: SUBTREE, administrator: SUBTREE },
		ask_archive: NOBODY,
		confirm_archive: NOBODY,
		withdraw_archive: NOBODY,
		open_archive: NOBODY,
		read_deletion: { leader: SUBTREE, administrator: SUBTREE },
		ask_deletion: NOBODY,
		confirm_deletion: NOBODY,
		stop_deletion: NOBODY,
		archive_begin: NOBODY,
		archive_page: NOBODY,
		archive_ready: NOBODY,
		archive_files: NOBODY,
		delete_organisations: NOBODY
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
		}),
		change_office_hours: (place, { units }) => ({
			p_organisation: units[place],
			p_revision: 0,
			p_opens: '07:00',
			p_closes: '17:00'
		}),
		read_archive: (place, { units }) => ({ p_unit: units[place] }),
		ask_archive: (place, { units }) => ({
			p_organisation: units[place],
			p_recipient: RECIPIENT
		}),
		confirm_archive: requestOf('archive_requests'),
		withdraw_archive: requestOf('archive_requests'),
		open_archive: requestOf('archive_requests'),
		read_deletion: (place, { units }) => ({ p_unit: units[place] }),
		ask_deletion: (place, { units }) => ({ p_organisation: units[place] }),
		confirm_deletion: requestOf('deletion_requests'),
		stop_deletion: requestOf('deletion_requests'),
		archive_begin: requestOf('archive_requests'),
		archive_page: (place, fixture) => ({
			...requestOf('archive_requests')(place, fixture),
			p_table: 'public.units'
		}),
		archive_ready: (place, fixture) => ({
			...requestOf('archive_requests')(place, fixture),
			p_bytes: 1,
			p_rows: 1
		})
	},
	async fill({ insert, put, row, organisationOf }) {
		for (const place of ['above', 'foreign'] as const) {
			const asked = [organisationOf(place), row('people', place)];
			put(
				'archive_requests',
				place,
				'id',
				await insert(
					`insert into archive_requests (organisation_id, asked_by, recipient, ready_at, confirmed_at)
					values ($1, $2, '${RECIPIENT}', now(), now()) returning id`,
					asked
				)
			);
			put(
				'deletion_requests',
				place,
				'id',
				await insert(
					`insert into deletion_requests (organisation_id, asked_by, stopped_at)
					values ($1, $2, now()) returning id`,
					asked
				)
			);
		}
	}
};
