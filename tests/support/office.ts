// An organisation of its own inside the running product, for tests that change things: founded by SQL as the owner of
// the database, its people signed up through the API.

import { randomUUID } from 'node:crypto';
import { BUILT_IN_NAMES, builtIn } from '../../src/lib/questionnaire/built-in.ts';
import { withDatabase } from '../../supabase/local/migrations.ts';
import { createApiClient } from './api-client.ts';
import type { Product } from './product.ts';
import { colleague, type Colleague } from './staff.ts';

export interface Office {
	id: string;
	name: string;
}

/** @param form the built-in questionnaire in force at its root */
export async function foundOffice(
	product: Product,
	name: string,
	form: keyof typeof builtIn = 'quick'
): Promise<Office> {
	const id = await withDatabase(product.databaseUrl, async (client) => {
		const { rows } = await client.query<{ id: string }>(
			`insert into public.organisations (names, phone, email) values ($1, '0205 3 000 000', 'cq@example.vn') returning id`,
			[JSON.stringify({ vi: name })]
		);
		const made = rows[0]!.id;
		await client.query(
			'update public.units set questionnaire_id = private.put_built_in($1, $2) where id = $1',
			[made, JSON.stringify({ names: BUILT_IN_NAMES[form], definition: builtIn[form] })]
		);
		return made;
	});
	return { id, name };
}

/** Somebody with a role at the office, or at one of its units. */
export async function joinOffice(
	product: Product,
	office: Office,
	role: string,
	unit = office.id
): Promise<Colleague> {
	const who = colleague(`${role}${randomUUID().slice(0, 4)}`);
	const person = await createApiClient(product.apiUrl, product.publishableKey).signUp(
		who.email,
		who.password
	);
	await withDatabase(product.databaseUrl, async (client) => {
		await client.query('insert into public.people (id, name, email) values ($1, $2, $3)', [
			person,
			who.name,
			who.email
		]);
		await client.query(
			'insert into public.members (person_id, organisation_id, unit_id, role) values ($1, $2, $3, $4)',
			[person, office.id, unit, role]
		);
	});
	return who;
}
