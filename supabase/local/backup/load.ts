// Puts the rows of an archive into an empty database, in one transaction: all of them or none. The tables must be those
// that the archive was made from (same migrations). Accounts may go into another make of Supabase Auth: its tables
// take the columns that both know.

import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Decrypter } from 'age-encryption';
import type pg from 'pg';
import { from as copyFrom, type CopyStreamQuery } from 'pg-copy-streams';
import { StartProblem } from '../problem.ts';
import type { End, Head } from './format.ts';
import { readEntries, type Entry } from './read.ts';
import { columnList, isOurs, listTables, nameOf, quoted, type Table } from './tables.ts';

/** Where the rows of one table go. */
interface Target {
	copy: CopyStreamQuery;
	/** What is to do when the last row is in. */
	finish: () => Promise<void>;
}

/** Accounts and files: into a table of texts first, then what both sides know. */
async function openForeign(client: pg.Client, table: Table, own: Table): Promise<Target> {
	const shared = table.columns.filter((column) => own.columns.includes(column));
	await client.query(
		`create temporary table incoming on commit drop as select ${columnList(table.columns)} from
		(values (${table.columns.map(() => 'null::text').join(', ')})) as v (${columnList(table.columns)}) limit 0`
	);
	const { rows: types } = await client.query<{ name: string; type: string }>(
		`select attname as name, pg_catalog.format_type(atttypid, atttypmod) as type from pg_catalog.pg_attribute
		where attrelid = $1::regclass and attname = any ($2)`,
		[quoted(own), shared]
	);
	const values = types.map(({ name, type }) => `${columnList([name])}::${type}`).join(', ');
	const into = columnList(types.map(({ name }) => name));
	return {
		copy: client.query(copyFrom('copy incoming from stdin')),
		finish: async () => {
			await client.query(`insert into ${quoted(own)} (${into}) select ${values} from incoming`);
			await client.query('drop table incoming');
		}
	};
}

async function openTarget(client: pg.Client, table: Table, own: Table): Promise<Target> {
	// Some tables are born with a row that the migration writes.
	const { rowCount } = await client.query(`select from ${quoted(own)} limit 1`);
	if (rowCount) await client.query(`delete from ${quoted(own)}`);
	if (!isOurs(table) && table.columns.join() !== own.columns.join()) {
		return openForeign(client, table, own);
	}
	const copy = client.query(
		copyFrom(`copy ${quoted(own)} (${columnList(table.columns)}) from stdin`)
	);
	return { copy, finish: () => Promise.resolve() };
}

const tableOf = ({ name }: Entry): string | undefined =>
	/^tables\/(.+)\/\d+\.copy$/.exec(name)?.[1];

/** Copies the rows of all tables, one table after the other. */
async function copyRows(
	client: pg.Client,
	entries: AsyncGenerator<Entry>,
	tables: Map<string, { table: Table; own: Table | undefined }>
): Promise<void> {
	let next = await entries.next();
	while (!next.done) {
		const name = tableOf(next.value);
		if (name === undefined) {
			for await (const _ of next.value.content);
			next = await entries.next();
			continue;
		}
		const { table, own } = tables.get(name) ?? {};
		if (!table || !own) {
			throw new StartProblem(`The backup holds rows of ${name}, which it does not list.`);
		}
		const target = await openTarget(client, table, own);
		async function* rows() {
			while (!next.done && tableOf(next.value) === name) {
				yield* next.value.content;
				next = await entries.next();
			}
		}
		await pipeline(Readable.from(rows()), target.copy);
		await target.finish();
	}
}

/**
 * What the Auth server of a full Supabase expects of an account and Supabase Lite does not write: its instance, and
 * no NULL where it reads texts (it answers 500 for such an account).
 */
async function fitToGoTrue(client: pg.Client): Promise<void> {
	const { rows } = await client.query<{ column: string }>(
		`select attname as column from pg_catalog.pg_attribute
		where attrelid = to_regclass('auth.users') and attnum > 0 and not attisdropped`
	);
	const columns = new Set(rows.map(({ column }) => column));
	if (!columns.has('instance_id')) return;
	const texts = [
		'confirmation_token',
		'recovery_token',
		'email_change',
		'email_change_token_new',
		'email_change_token_current',
		'phone_change',
		'phone_change_token',
		'reauthentication_token'
	].filter((column) => columns.has(column));
	await client.query(
		`update auth.users set instance_id = coalesce(instance_id, '00000000-0000-0000-0000-000000000000'),
		${texts.map((column) => `${column} = coalesce(${column}, '')`).join(', ')}`
	);
}

async function assertSameTables(
	client: pg.Client,
	head: Head,
	end: End
): Promise<Map<string, Table>> {
	const own = new Map((await listTables(client)).map((table) => [nameOf(table), table]));
	for (const table of head.tables) {
		const there = own.get(nameOf(table));
		const rows = end.rows[nameOf(table)] ?? 0;
		const same = isOurs(table) ? there?.columns.join() === table.columns.join() : there;
		if (same || (!isOurs(table) && rows === 0)) continue;
		throw new StartProblem(
			`The table ${nameOf(table)} of the backup does not fit this database: restore it with the version of Lắng Nghe that made it.`
		);
	}
	return own;
}

/**
 * Loads everything and commits.
 * @param client connection of the owner, to a database that holds no data
 * @throws StartProblem; nothing has been changed then
 */
export async function loadRows(
	client: pg.Client,
	path: string,
	decrypter: Decrypter,
	{ head, end }: { head: Head; end: End }
): Promise<void> {
	const own = await assertSameTables(client, head, end);
	const tables = new Map(
		head.tables.map((table) => [nameOf(table), { table, own: own.get(nameOf(table)) }])
	);
	await client.query('begin');
	// The rows fit together already: no foreign key is checked, and no trigger writes them a second time.
	await client.query('set local session_replication_role = replica');
	const entries = readEntries(path, decrypter);
	try {
		await copyRows(client, entries, tables);
	} finally {
		await entries.return(undefined);
	}
	for (const [name, count] of Object.entries(end.rows)) {
		const target = own.get(name);
		if (!target) continue;
		const { rows } = await client.query<{ n: number }>(
			`select count(*)::integer as n from ${quoted(target)}`
		);
		if (rows[0]?.n !== count) {
			throw new StartProblem(`${name} has ${rows[0]?.n} rows, not ${count}.`);
		}
	}
	for (const { schema, name, last, called } of end.sequences) {
		await client.query('select setval($1::regclass, $2, $3)', [
			quoted({ schema, name }),
			last,
			called
		]);
	}
	await fitToGoTrue(client);
	await client.query('commit');
	await client.query('analyze');
}
