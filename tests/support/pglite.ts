// A Postgres of its own for a test, in memory, with everything a Supabase project has and all migrations: the same
// bootstrap.sql and the same files that go to a real one. The first in a process runs them, the others are copies.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { pg_trgm } from '@electric-sql/pglite/contrib/pg_trgm';
import { pgcrypto } from '@electric-sql/pglite/contrib/pgcrypto';
import { unaccent } from '@electric-sql/pglite/contrib/unaccent';
import { pgtap } from '@electric-sql/pglite-pgtap';
import { ROOT } from '../../supabase/local/migrations.ts';

const extensions = { pg_trgm, pgcrypto, unaccent, pgtap };

async function migrated(): Promise<Blob | File> {
	const database = await PGlite.create({ extensions });
	await database.exec(readFileSync(join(ROOT, 'supabase/local/bootstrap.sql'), 'utf8'));
	// What the real server has before our migrations run; policies and grants may name it.
	await database.exec(
		'create schema auth; grant usage on schema auth to anon, authenticated, service_role'
	);
	const folder = join(ROOT, 'supabase/migrations');
	for (const file of readdirSync(folder).sort()) {
		try {
			await database.exec(`begin;\n${readFileSync(join(folder, file), 'utf8')}\ncommit;`);
		} catch (error) {
			throw new Error(`${file}: ${(error as Error).message}`, { cause: error });
		}
	}
	await database.exec(
		`insert into private.secrets (name, value) values ('ticket', convert_to('test key', 'UTF8'))`
	);
	const copy = await database.dumpDataDir('none');
	await database.close();
	return copy;
}

let template: Promise<Blob | File> | undefined;

/** A fresh database with the schema and the ticket key "test key"; close it when done. */
export async function freshDatabase(): Promise<PGlite> {
	template ??= migrated();
	return PGlite.create({ extensions, loadDataDir: await template });
}
