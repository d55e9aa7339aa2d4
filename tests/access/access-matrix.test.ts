// The access matrix, tried through the API with real sessions: what is named must work, what is not named must not.

import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { callArguments } from './calls.ts';
import { makeFixture, type Fixture } from './fixture.ts';
import { CALLS, READS } from './matrix.ts';
import { PLACES, ROLES, type Place, type Role } from './places.ts';

let fixture: Fixture;
beforeAll(async () => {
	fixture = await makeFixture(inject('product'));
});
afterAll(() => fixture.close());

const isRefused = (status: number) => status === 401 || status === 403;

async function ownerSees(table: string, place: Place): Promise<boolean> {
	const key = fixture.row(table, place);
	if (!key) return false;
	const { rows } = await fixture.owner.query(`select from public.${table} where ${key[0]} = $1`, [
		key[1]
	]);
	return rows.length > 0;
}

async function placesRead(table: string, role: Role): Promise<Place[]> {
	const seen: Place[] = [];
	for (const place of PLACES) {
		const key = fixture.row(table, place);
		if (!key) continue;
		const answer = await fixture.clients[role].rest(
			'GET',
			`${table}?select=${key[0]}&${key[0]}=eq.${key[1]}`
		);
		if (answer.status === 200 && (answer.body as unknown[]).length > 0) seen.push(place);
		else if (answer.status !== 200) expect([401, 403]).toContain(answer.status);
	}
	return seen;
}

test('every table and every function of the API is decided', async () => {
	const { rows: tables } = await fixture.owner.query<{ name: string }>(
		`select tablename as name from pg_tables where schemaname = 'public' order by 1`
	);
	expect(Object.keys(READS).sort()).toEqual(tables.map(({ name }) => name));
	const { rows: functions } = await fixture.owner.query<{ name: string }>(
		`select distinct proname as name from pg_proc where pronamespace = 'public'::regnamespace and prokind = 'f' order by 1`
	);
	expect(Object.keys(CALLS).sort()).toEqual(functions.map(({ name }) => name));
});

describe.each(Object.keys(READS))('table %s', (table) => {
	test('is there at every place that the matrix names', async () => {
		const named = new Set(Object.values(READS[table] ?? {}).flat());
		for (const place of named) {
			expect([place, await ownerSees(table, place)]).toEqual([place, true]);
		}
		expect(PLACES.some((place) => fixture.row(table, place))).toBe(true);
	});

	test.each(ROLES)('is read by %s exactly where the matrix says', async (role) => {
		expect(await placesRead(table, role)).toEqual(READS[table]?.[role] ?? []);
	});

	test.each(ROLES)('is written by %s nowhere', async (role) => {
		const client = fixture.clients[role];
		for (const place of PLACES) {
			const key = fixture.row(table, place);
			if (!key) continue;
			const path = `${table}?${key[0]}=eq.${key[1]}`;
			const answers = [
				await client.rest('POST', table, { [key[0]]: key[1] }),
				await client.rest('PATCH', path, { [key[0]]: key[1] }),
				await client.rest('DELETE', path)
			];
			expect([place, answers.map(({ status }) => isRefused(status))]).toEqual([
				place,
				[true, true, true]
			]);
			expect(await ownerSees(table, place)).toBe(true);
		}
	});
});

describe.each(Object.keys(CALLS))('function %s', (name) => {
	test.each(ROLES)('answers %s exactly where the matrix says', async (role) => {
		const allowed: Place[] = [];
		for (const place of PLACES) {
			const answer = await fixture.clients[role].rest(
				'POST',
				`rpc/${name}`,
				await callArguments(name, place, fixture)
			);
			expect(answer.status).toBeLessThan(500);
			if (!isRefused(answer.status)) allowed.push(place);
		}
		expect(allowed).toEqual(CALLS[name]?.[role] ?? []);
	});
});
