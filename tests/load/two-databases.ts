// A small and a large database of the same shape in one embedded cluster, for benches that ask both in turn.

import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type pg from 'pg';
import { startPostgres } from '../../supabase/local/embedded.ts';
import { prepareFolders } from '../../supabase/local/installation.ts';
import { ROOT, runBootstrap, withDatabase } from '../../supabase/local/migrations.ts';
import { readSecrets } from '../../supabase/local/secrets.ts';
import { Supervisor } from '../../supabase/local/supervisor.ts';
import { temporaryFolder } from '../../supabase/local/throwaway.ts';

/** All migrations on an empty database. */
async function makeSchema(client: pg.Client): Promise<void> {
	await runBootstrap(client);
	const folder = join(ROOT, 'supabase/migrations');
	for (const file of readdirSync(folder).sort()) {
		await client.query(`begin;\n${readFileSync(join(folder, file), 'utf8')}\ncommit;`);
	}
}

/** A database of its own, filled by `fill`; resolves to its address. */
async function build(
	url: string,
	name: string,
	fill: (client: pg.Client) => Promise<void>
): Promise<string> {
	await withDatabase(url, (client) => client.query(`create database ${name} template template0`));
	const own = url.replace(/\/postgres$/, `/${name}`);
	await withDatabase(own, async (client) => {
		await makeSchema(client);
		await fill(client);
	});
	return own;
}

/**
 * Makes both with all migrations, hands over a connection to each, and removes the cluster.
 * @param fill what fills a database of so many
 */
export async function withTwoDatabases(
	sizes: { few: number; many: number },
	fill: (count: number) => (client: pg.Client) => Promise<void>,
	compare: (few: pg.Client, many: pg.Client) => Promise<void>
): Promise<void> {
	const dataDir = temporaryFolder();
	const supervisor = new Supervisor();
	try {
		const options = {
			dataDir,
			folders: prepareFolders(dataDir),
			secrets: readSecrets(dataDir),
			say: () => {}
		};
		const { url } = await startPostgres(supervisor, options);
		const few = await build(url, 'few', fill(sizes.few));
		const many = await build(url, 'many', fill(sizes.many));
		await withDatabase(few, (atFew) => withDatabase(many, (atMany) => compare(atFew, atMany)));
	} finally {
		await supervisor.endAll();
		rmSync(dataDir, { recursive: true, force: true });
	}
}
