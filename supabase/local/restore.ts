// `npm run restore -- <archive>`: puts a backup into an empty installation, embedded or at DATABASE_URL. The archive is
// read to its end first; only then anything is written, rows in one transaction. What fails leaves nothing behind.

import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { dirname, join, resolve, sep } from 'node:path';
import type { Decrypter } from 'age-encryption';
import type { End, Head } from './backup/format.ts';
import { makeDecrypter } from './backup/key.ts';
import { loadRows } from './backup/load.ts';
import { readContent, readEntries, verifyArchive } from './backup/read.ts';
import { appliedMigrations, holdsData } from './backup/tables.ts';
import { startDatabase } from './embedded.ts';
import { prepareFolders, releaseLock, takeLock } from './installation.ts';
import { migrationVersions, pushMigrations, withDatabase } from './migrations.ts';
import { asDatabaseProblem, report, StartProblem } from './problem.ts';
import { readSecrets, writePrivately } from './secrets.ts';
import { readSettings, type Settings } from './settings.ts';
import { Supervisor } from './supervisor.ts';

interface Restore {
	path: string;
	settings: Settings;
	decrypter: Decrypter;
	content: { head: Head; end: End };
}

/** Made by every start, worth nothing alone. */
const WORTHLESS = new Set(['logs', 'run', 'last-backup.json', 'supervisor.json', 'lost+found']);

function assertEmptyFolder(dataDir: string): void {
	if (!existsSync(dataDir)) return;
	if (readdirSync(dataDir).every((name) => WORTHLESS.has(name))) return;
	throw new StartProblem(
		`${dataDir} already holds an installation: restore into an empty folder with DATA_DIR=/some/folder, or move the old one away first.`
	);
}

const fullDatabase = () =>
	new StartProblem(
		'The database already holds data: restore into an empty one; nothing was changed.'
	);

/** The migrations of this program must begin with those of the archive. */
function assertKnowsSchema({ path, content }: Restore): void {
	const { migrations } = content.head;
	const known = migrationVersions().slice(0, migrations.length);
	if (known.join() === migrations.join()) return;
	throw new StartProblem(
		`${path} was made with the schema ${migrations.at(-1)}, which this version of Lắng Nghe does not have: restore it with the version that made it, or a later one.`
	);
}

async function writeFiles({ path, settings, decrypter }: Restore): Promise<void> {
	const { DATA_DIR: dataDir } = settings;
	for await (const { name, content } of readEntries(path, decrypter)) {
		const target = name.startsWith('files/') ? resolve(dataDir, name.slice(6)) : undefined;
		if (!target?.startsWith(dataDir + sep)) {
			for await (const _ of content);
			continue;
		}
		mkdirSync(dirname(target), { recursive: true, mode: 0o700 });
		writePrivately(target, await readContent(content));
	}
}

async function load(url: string, { path, decrypter, content }: Restore): Promise<void> {
	await withDatabase(url, async (client) => {
		if (await holdsData(client)) throw fullDatabase();
		await loadRows(client, path, decrypter, content);
	});
}

async function restoreEmbedded(restore: Restore): Promise<void> {
	const { settings, content } = restore;
	const { DATA_DIR: dataDir } = settings;
	const existed = existsSync(dataDir);
	const folders = prepareFolders(dataDir);
	await takeLock(dataDir);
	const supervisor = new Supervisor();
	const undo = async () => {
		await supervisor.endAll();
		releaseLock(dataDir);
		for (const name of readdirSync(dataDir)) rmSync(join(dataDir, name), { recursive: true });
		if (!existed) rmSync(dataDir, { recursive: true });
	};
	for (const signal of ['SIGINT', 'SIGTERM'] as const) {
		process.once(signal, () => void undo().then(() => process.exit(1)));
	}
	try {
		await writeFiles(restore);
		const secrets = readSecrets(dataDir);
		const { url } = await startDatabase(supervisor, {
			dataDir,
			folders,
			secrets,
			ticketSecret: secrets.ticketSecret,
			siteUrl: 'http://localhost:3000',
			// No mail goes out while a database is filled.
			auth: {
				mail: { url: undefined, from: 'nobody@localhost.localdomain' },
				confirmEmail: false,
				idleMinutes: 30
			},
			say: console.log
		});
		if ((await withDatabase(url, appliedMigrations)).length > 0) throw fullDatabase();
		await pushMigrations(url, content.head.migrations.at(-1));
		await load(url, restore);
		await supervisor.endAll();
		releaseLock(dataDir);
	} catch (error) {
		await undo();
		throw error;
	}
}

async function restoreAt(url: string, restore: Restore): Promise<void> {
	const { settings, content } = restore;
	const applied = await withDatabase(url, async (client) => {
		const { rowCount } = await client.query(`select from pg_roles where rolname = 'service_role'`);
		if (!rowCount) {
			throw new StartProblem(
				'DATABASE_URL is a plain Postgres, not a Supabase: run supabase/local/bootstrap.sql there once, then restore again.'
			);
		}
		if (await holdsData(client)) throw fullDatabase();
		return appliedMigrations(client);
	});
	const wanted = content.head.migrations;
	if (applied.length === 0) await pushMigrations(url, wanted.at(-1));
	else if (applied.join() !== wanted.join()) {
		throw new StartProblem(
			`The database is at the schema ${applied.at(-1)}, the backup at ${wanted.at(-1)}: restore into a database without any migration.`
		);
	}
	await load(url, restore);
	prepareFolders(settings.DATA_DIR);
	await writeFiles(restore);
	await withDatabase(url, (client) => client.query(`notify pgrst, 'reload schema'`));
}

async function main(): Promise<void> {
	const [path] = process.argv.slice(2);
	if (!path) throw new StartProblem('Which backup? npm run restore -- /path/to/archive.tar.gz.age');
	const settings = readSettings();
	assertEmptyFolder(settings.DATA_DIR);
	const decrypter = makeDecrypter(settings);
	console.log('Reading the backup to its end…');
	const content = await verifyArchive(path, decrypter);
	const restore = { path, settings, decrypter, content };
	assertKnowsSchema(restore);
	console.log(`It is whole and was made at ${content.head.madeAt}. Restoring…`);
	if (settings.DATABASE_URL) await restoreAt(settings.DATABASE_URL, restore);
	else await restoreEmbedded(restore);
	const rows = Object.values(content.end.rows).reduce((sum, n) => sum + n, 0);
	console.log(
		`Restored: ${rows} rows and ${content.end.files} files. Start with npm start; npm run recount then proves the figures.`
	);
}

try {
	await main();
} catch (error) {
	process.exitCode = report(asDatabaseProblem(error, process.env.DATA_DIR ?? '.data'));
}
