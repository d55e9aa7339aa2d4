// Two organisations with one row of every table at every place, and one real account per role. Written as the
// owner of the database; read and attacked through the API with real sessions.

import { createApiClient, type ApiClient } from '../support/api-client.ts';
import type { Product } from '../support/product.ts';
import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { AREAS } from './areas/index.ts';
import { PLACES, ROLES, type Place, type Role } from './places.ts';

export interface Fixture {
	owner: pg.Client;
	clients: Record<Role, ApiClient>;
	units: Record<Place, string>;
	/** Somebody of the own organisation to whom memberships can be handed over. */
	successor: string;
	/** Key of the row of a table at a place: column and value; undefined where the table has none there. */
	row(table: string, place: Place): [column: string, value: string] | undefined;
	tokenOf: Record<Place, string>;
	/** A fresh membership of a fresh person at the place. */
	newMember(place: Place): Promise<{ member: string; person: string }>;
	/** A fresh open invitation at the place. */
	newInvitation(place: Place): Promise<string>;
	close(): Promise<void>;
}

/** What an area needs to put its rows. */
export interface Ground {
	owner: pg.Client;
	units: Record<Place, string>;
	organisationOf(place: Place): string;
	/** Inserts with `returning id` and resolves to that id. */
	insert(sql: string, values: unknown[]): Promise<string>;
	/** Notes the key of the row of a table at a place. */
	put(table: string, place: Place, column: string, value: string): void;
	/** The row that was put before, of this area or the common ones. */
	row(table: string, place: Place): string;
}

const words = (vi: string) => JSON.stringify({ vi });

export async function makeFixture(product: Product): Promise<Fixture> {
	const owner = new pg.Client({ connectionString: product.databaseUrl });
	await owner.connect();
	const insert = async (sql: string, values: unknown[]) =>
		(await owner.query<{ id: string }>(sql, values)).rows[0]?.id ?? '';

	const organisation = (name: string) =>
		insert(
			`insert into organisations (names, phone, email) values ($1, '0', 'x@example.vn') returning id`,
			[words(name)]
		);
	const unit = (organisationId: string, parent: string, kind: string) =>
		insert(
			`insert into units (organisation_id, parent_id, kind, names) values ($1, $2, $3, $4) returning id`,
			[organisationId, parent, kind, words(kind)]
		);
	const home = await organisation('Cơ quan thử quyền');
	const foreign = await organisation('Cơ quan khác');
	const centre = await unit(home, home, 'centre');
	const units: Record<Place, string> = {
		own: centre,
		below: await unit(home, centre, 'gate'),
		sister: await unit(home, home, 'office'),
		above: home,
		foreign
	};
	const organisationOf = (place: Place) => (place === 'foreign' ? foreign : home);

	const rows = new Map<string, [string, string]>();
	const put = (table: string, place: Place, column: string, value: string) =>
		rows.set(`${table} ${place}`, [column, value]);
	const tokenOf = {} as Record<Place, string>;

	const versions: Partial<Record<Place, string>> = {};
	for (const place of ['above', 'foreign'] as const) {
		put('organisations', place, 'id', organisationOf(place));
		const questionnaire = await insert(
			`insert into questionnaires (organisation_id, code, names) values ($1, 'quick', $2) returning id`,
			[organisationOf(place), words('Phiếu nhanh')]
		);
		put('questionnaires', place, 'id', questionnaire);
		versions[place] = await insert(
			`insert into questionnaire_versions (questionnaire_id, number, definition, published_at)
			values ($1, 1, '{"items": [{"code": "S0", "measure": "S0", "when": "always", "zero": null}], "facts": []}', now()) returning id`,
			[questionnaire]
		);
		put('questionnaire_versions', place, 'id', versions[place] ?? '');
		put(
			'holidays',
			place,
			'id',
			await insert(
				`insert into holidays (organisation_id, day, name) values ($1, '2026-11-24', $2) returning id`,
				[organisationOf(place), words('Nghỉ riêng')]
			)
		);
	}

	async function newMember(place: Place) {
		const person = randomUUID();
		await owner.query(`insert into people (id, name, email) values ($1, 'Người thử', $2)`, [
			person,
			`${person}@example.vn`
		]);
		const member = await insert(
			`insert into members (person_id, organisation_id, unit_id, role) values ($1, $2, $3, 'officer') returning id`,
			[person, organisationOf(place), units[place]]
		);
		return { member, person };
	}
	const newInvitation = (place: Place) =>
		insert(
			`insert into invitations (organisation_id, unit_id, role, token_hash) values ($1, $2, 'officer', sha256($3)) returning id`,
			[organisationOf(place), units[place], Buffer.from(randomUUID())]
		);

	for (const place of PLACES) {
		const unitId = units[place];
		const version = versions[place === 'foreign' ? 'foreign' : 'above'];
		put('units', place, 'id', unitId);
		put('unit_tree', place, 'descendant_id', unitId);
		const group = await insert(
			`insert into procedure_groups (organisation_id, code, names, deciding_unit_id) values ($1, $2, $3, $4) returning id`,
			[organisationOf(place), place, words('Lĩnh vực'), unitId]
		);
		put('procedure_groups', place, 'id', group);
		put(
			'procedures',
			place,
			'id',
			await insert(
				`insert into procedures (organisation_id, procedure_group_id, deciding_unit_id, code, name) values ($1, $2, $3, $4, 'Thủ tục') returning id`,
				[organisationOf(place), group, unitId, place]
			)
		);
		const { rows: points } = await owner.query<{ id: string; token: string }>(
			`insert into service_points (organisation_id, unit_id, labels, kind, moment, default_deciding_unit_id, version_id)
			values ($1, $2, $3, 'counter', 'both', $2, $4) returning id, token`,
			[organisationOf(place), unitId, words('Quầy'), version]
		);
		const point = points[0]?.id ?? '';
		tokenOf[place] = points[0]?.token ?? '';
		put('service_points', place, 'id', point);
		await owner.query(
			`insert into service_point_groups (service_point_id, procedure_group_id, position) values ($1, $2, 1)`,
			[point, group]
		);
		put('service_point_groups', place, 'service_point_id', point);
		const { member, person } = await newMember(place);
		put('members', place, 'id', member);
		put('people', place, 'id', person);
		put('invitations', place, 'id', await newInvitation(place));
		const line = await owner.query<{ seq: string }>(
			`select seq from audit_log where record_type = 'members' and record_id = $1`,
			[member]
		);
		put('audit_log', place, 'seq', line.rows[0]?.seq ?? '');
		const stratum = await insert(
			`insert into private.strata (organisation_id, service_point_id, receiving_unit_id, deciding_unit_id, version_id, pool, channel, language)
			values ($1, $2, $3, $3, $4, 'imported', 'import', 'vi') returning id`,
			[organisationOf(place), point, unitId, version]
		);
		const response = await insert(
			`insert into responses (stratum_id, date, counted_on, is_morning, ratings) values ($1, current_date - 40, current_date - 40, true, '{5}') returning id`,
			[stratum]
		);
		put('responses', place, 'id', response);
		await owner.query(
			`insert into response_comments (response_id, service_point_id, pool, counted_on, body) values ($1, $2, 'imported', current_date - 40, 'thử')`,
			[response, point]
		);
		put('response_comments', place, 'response_id', response);
		put(
			'jobs',
			place,
			'id',
			await insert(
				`insert into jobs (kind, organisation_id, run_after) values ('none', $1, 'infinity') returning id`,
				[organisationOf(place)]
			)
		);
		put(
			'outbox',
			place,
			'id',
			await insert(
				`insert into outbox (kind, recipient, payload, run_after) values ('invitation', 'x@example.vn', '{}', 'infinity') returning id`,
				[]
			)
		);
	}

	const ground: Ground = {
		...{ owner, units, organisationOf, insert, put },
		row: (table, place) => rows.get(`${table} ${place}`)?.[1] ?? ''
	};
	for (const area of AREAS) await area.fill?.(ground);

	const clients = {} as Record<Role, ApiClient>;
	for (const role of ROLES) {
		const client = createApiClient(product.apiUrl, product.publishableKey);
		clients[role] = client;
		if (role === 'anonymous') continue;
		const id = await client.signUp(`${role}.${randomUUID()}@example.vn`, randomUUID());
		if (role === 'stranger') continue;
		await owner.query(`insert into people (id, name, email) values ($1, $2, 'x@example.vn')`, [
			id,
			role
		]);
		await owner.query(
			`insert into members (person_id, organisation_id, unit_id, role) values ($1, $2, $3, $4)`,
			[id, home, centre, role]
		);
	}
	const successor = (await newMember('above')).person;

	return {
		owner,
		clients,
		units,
		successor,
		tokenOf,
		newMember,
		newInvitation,
		row: (table, place) => rows.get(`${table} ${place}`),
		async close() {
			const tables = [
				'response_comments',
				'responses',
				'private.strata',
				'service_points',
				'procedures',
				'procedure_groups'
			];
			const houses = [home, foreign];
			const points = `(select id from service_points where organisation_id = any ($1))`;
			await owner.query(`delete from response_comments where service_point_id in ${points}`, [
				houses
			]);
			await owner.query(
				`delete from responses where stratum_id in (select id from private.strata where organisation_id = any ($1))`,
				[houses]
			);
			for (const table of tables.slice(2)) {
				await owner.query(`delete from ${table} where organisation_id = any ($1)`, [houses]);
			}
			await owner.query(`delete from outbox where run_after = 'infinity'`);
			await owner.end();
		}
	};
}
