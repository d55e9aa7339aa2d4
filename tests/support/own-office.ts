// An office of its own for a test: an organisation with the quick form in force and an administrator who can sign in,
// beside the demo and out of the way of other tests.

import { withDatabase } from '../../supabase/local/migrations.ts';
import { builtIn, BUILT_IN_NAMES } from '../../src/lib/questionnaire/built-in.ts';
import { createApiClient } from './api-client.ts';
import type { Product } from './product.ts';
import { colleague, type Colleague } from './staff.ts';

export interface OwnOffice {
	id: string;
	administrator: Colleague;
}

/** @param name of the organisation, in Vietnamese */
export async function ownOffice(product: Product, name: string): Promise<OwnOffice> {
	const id = await withDatabase(product.databaseUrl, async (client) => {
		const { rows } = await client.query<{ id: string }>(
			`insert into organisations (names, phone, email) values ($1, '0205 3 000 000', 'thu@example.vn') returning id`,
			[JSON.stringify({ vi: name })]
		);
		const form = { names: BUILT_IN_NAMES.quick, definition: builtIn.quick };
		await client.query(
			`update units set questionnaire_id = private.put_built_in($1, $2) where id = $1`,
			[rows[0]!.id, JSON.stringify(form)]
		);
		return rows[0]!.id;
	});
	return { id, administrator: await member(product, id, id, 'administrator') };
}

/** Somebody with an account and one role at a unit of the organisation. */
export async function member(
	product: Product,
	organisation: string,
	unit: string,
	role: string
): Promise<Colleague> {
	const who = colleague(role);
	const api = createApiClient(product.apiUrl, product.publishableKey);
	const person = await api.signUp(who.email, who.password);
	await withDatabase(product.databaseUrl, async (client) => {
		await client.query(`insert into people (id, name, email) values ($1, $2, $3)`, [
			person,
			who.name,
			who.email
		]);
		await client.query(
			`insert into members (person_id, organisation_id, unit_id, role) values ($1, $2, $3, $4)`,
			[person, organisation, unit, role]
		);
	});
	return who;
}
