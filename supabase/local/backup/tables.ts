// What of a database belongs into a backup: every table of ours, and of Supabase's own schemas the accounts and the
// list of files. Sessions and one-time tokens stay out on purpose: a restored backup must not sign anybody in again.

import type pg from 'pg';

export interface Table {
	schema: string;
	name: string;
	/** In the order of the stored rows; computed columns are not stored. */
	columns: string[];
}

export interface Sequence {
	schema: string;
	name: string;
	last: string;
	called: boolean;
}

/** Of Supabase's schemas, what is data of an installation and not its machinery. */
const OF_SUPABASE = [
	'auth.users',
	'auth.identities',
	'auth.mfa_factors',
	'storage.buckets',
	'storage.objects'
];

export const nameOf = ({ schema, name }: Pick<Table, 'schema' | 'name'>): string =>
	`${schema}.${name}`;

const quote = (name: string) => `"${name.replaceAll('"', '""')}"`;
export const quoted = ({ schema, name }: Pick<Table, 'schema' | 'name'>): string =>
	`${quote(schema)}.${quote(name)}`;
export const columnList = (columns: string[]): string => columns.map(quote).join(', ');

export const isOurs = ({ schema }: Pick<Table, 'schema'>): boolean =>
	schema === 'public' || schema === 'private';

/** Every table that is backed up; of a partitioned one the whole, whatever its parts are today. */
export async function listTables(client: pg.ClientBase): Promise<Table[]> {
	const { rows } = await client.query<Table>(
		`select n.nspname as schema, c.relname as name,
			array_agg(a.attname::text order by a.attnum) as columns
		from pg_catalog.pg_class as c
		join pg_catalog.pg_namespace as n on n.oid = c.relnamespace
		join pg_catalog.pg_attribute as a on a.attrelid = c.oid
		where c.relkind in ('r', 'p') and not c.relispartition and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
			and (n.nspname in ('public', 'private') or n.nspname || '.' || c.relname = any ($1))
		group by 1, 2 order by 1, 2`,
		[OF_SUPABASE]
	);
	return rows;
}

/** Positions of our sequences. They move outside of transactions, so they are at least as far as the rows just read. */
export async function listSequences(client: pg.ClientBase): Promise<Sequence[]> {
	const { rows } = await client.query<{ schema: string; name: string }>(
		`select schemaname as schema, sequencename as name from pg_catalog.pg_sequences
		where schemaname in ('public', 'private') order by 1, 2`
	);
	const sequences: Sequence[] = [];
	for (const row of rows) {
		const { rows: positions } = await client.query<{ last: string; called: boolean }>(
			`select last_value::text as last, is_called as called from ${quoted(row)}`
		);
		if (positions[0]) sequences.push({ ...row, ...positions[0] });
	}
	return sequences;
}

/** Migrations that the database has, oldest first. */
export async function appliedMigrations(client: pg.ClientBase): Promise<string[]> {
	const { rows: found } = await client.query<{ history: string | null }>(
		`select to_regclass('supabase_migrations.schema_migrations')::text as history`
	);
	if (!found[0]?.history) return [];
	const { rows } = await client.query<{ version: string }>(
		'select version from supabase_migrations.schema_migrations order by version'
	);
	return rows.map(({ version }) => version);
}

/** Whether somebody has begun to work with this database. */
export async function holdsData(client: pg.ClientBase): Promise<boolean> {
	for (const name of ['public.organisations', 'public.responses', 'auth.users']) {
		const { rows } = await client.query<{ found: string | null }>(
			'select to_regclass($1)::text as found',
			[name]
		);
		if (!rows[0]?.found) continue;
		const { rowCount } = await client.query(`select from ${name} limit 1`);
		if (rowCount) return true;
	}
	return false;
}
