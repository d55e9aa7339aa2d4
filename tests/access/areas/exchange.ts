// Numbers served: entered by officers and administrators of the subtree, or by a machine whose token says where.

import { randomBytes } from 'node:crypto';
import {
	ANYBODY,
	BY_ADMINISTRATORS,
	forMembers,
	NOBODY,
	PLACES,
	SUBTREE,
	type Place
} from '../places.ts';
import type { Area } from './area.ts';
import type { Fixture } from '../fixture.ts';

const pointAt = (place: Place, fixture: Fixture) => fixture.row('service_points', place)?.[1];

async function newImport(place: Place, { owner, units }: Fixture, state: string): Promise<string> {
	const { rows } = await owner.query<{ id: string }>(
		`insert into private.imports (organisation_id, unit_id, kind, file_name, state)
		select organisation_id, id, 'units', 'x', $2 from units where id = $1 returning id`,
		[units[place], state]
	);
	return rows[0]!.id;
}

export const exchange: Area = {
	reads: { served_counts: NOBODY },
	calls: {
		set_served: { officer: SUBTREE, administrator: SUBTREE },
		read_served: forMembers(SUBTREE),
		make_access_token: BY_ADMINISTRATORS,
		list_access_tokens: BY_ADMINISTRATORS,
		revoke_access_token: BY_ADMINISTRATORS,
		// Whether the token works is the only question: a bogus one shows that the call was let in.
		put_served_by_token: ANYBODY,
		start_import: BY_ADMINISTRATORS,
		stage_import: BY_ADMINISTRATORS,
		check_import: BY_ADMINISTRATORS,
		apply_import: BY_ADMINISTRATORS,
		discard_import: BY_ADMINISTRATORS,
		read_import: BY_ADMINISTRATORS,
		list_imports: BY_ADMINISTRATORS,
		note_import_file: BY_ADMINISTRATORS,
		import_choices: BY_ADMINISTRATORS,
		save_import_columns: BY_ADMINISTRATORS,
		read_import_values: BY_ADMINISTRATORS,
		save_import_values: BY_ADMINISTRATORS,
		check_import_chunk: BY_ADMINISTRATORS,
		queue_import: BY_ADMINISTRATORS,
		record_import_chunk: NOBODY,
		sweep_imports: NOBODY,
		export_rows: BY_ADMINISTRATORS
	},
	makers: {
		set_served: (place, fixture) => ({
			p_counts: { items: [{ point: pointAt(place, fixture), day: '2025-03-04', served: 1 }] }
		}),
		read_served: (place, { units }) => ({
			p_unit: units[place],
			p_from: '2025-03-03',
			p_to: '2025-03-04'
		}),
		make_access_token: (place, { units }) => ({ p_unit: units[place], p_name: 'Máy thử' }),
		list_access_tokens: (place, { units }) => ({ p_unit: units[place] }),
		revoke_access_token: async (place, { owner, units }) => {
			const { rows } = await owner.query<{ id: string }>(
				`insert into private.access_tokens (organisation_id, unit_id, name, token_hash)
				select organisation_id, id, 'Máy thử', sha256(gen_random_uuid()::text::bytea) from units where id = $1 returning id`,
				[units[place]]
			);
			return { p_token: rows[0]!.id };
		},
		put_served_by_token: () => ({ p_token: 'x', p_counts: { items: [{}] } }),
		start_import: (place, { units }) => ({ p_unit: units[place], p_kind: 'units', p_file: 'x' }),
		stage_import: async (place, fixture) => ({
			p_import: await newImport(place, fixture, 'uploading'),
			p_rows: { items: [{ number: 1, cells: {} }] },
			p_last: true
		}),
		check_import: async (place, fixture) => ({
			p_import: await newImport(place, fixture, 'uploaded')
		}),
		apply_import: async (place, fixture) => ({
			p_import: await newImport(place, fixture, 'checked')
		}),
		discard_import: async (place, fixture) => ({
			p_import: await newImport(place, fixture, 'checked')
		}),
		read_import: async (place, fixture) => ({
			p_import: await newImport(place, fixture, 'checked')
		}),
		list_imports: (place, { units }) => ({ p_unit: units[place] }),
		note_import_file: async (place, fixture) => ({
			p_import: await newImport(place, fixture, 'uploading'),
			p_hash: randomBytes(32).toString('hex')
		}),
		import_choices: (place, { units }) => ({ p_unit: units[place] }),
		save_import_columns: async (place, fixture) => ({
			p_import: await newImport(place, fixture, 'uploaded'),
			p_columns: {}
		}),
		read_import_values: async (place, fixture) => ({
			p_import: await newImport(place, fixture, 'uploaded')
		}),
		save_import_values: async (place, fixture) => ({
			p_import: await newImport(place, fixture, 'uploaded'),
			p_values: {}
		}),
		check_import_chunk: async (place, fixture) => ({
			p_import: await newImport(place, fixture, 'uploaded')
		}),
		queue_import: async (place, fixture) => ({
			p_import: await newImport(place, fixture, 'checked')
		}),
		record_import_chunk: async (place, fixture) => ({
			p_import: await newImport(place, fixture, 'checked')
		}),
		export_rows: (place, { units }) => ({ p_unit: units[place], p_kind: 'units' })
	},
	async fill({ insert, put, row, units, organisationOf }) {
		for (const place of PLACES) {
			put(
				'served_counts',
				place,
				'id',
				await insert(
					`insert into served_counts (organisation_id, unit_id, service_point_id, day, served, entered_via)
					values ($1, $2, $3, '2025-03-03', 5, 'page') returning id`,
					[organisationOf(place), units[place], row('service_points', place)]
				)
			);
		}
	}
};
