// Makes one backup: rows, files and secrets of an installation as one sealed archive. All rows come from one snapshot
// (one REPEATABLE READ transaction), so answers that arrive meanwhile are either wholly in it or not at all; the
// archive has its name only when it is complete and on the disk. Memory does not grow with the amount of data.

import { existsSync, globSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type pg from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import { withDatabase } from '../migrations.ts';
import { StartProblem } from '../problem.ts';
import type { Settings } from '../settings.ts';
import { END, FORMAT, HEAD, type End, type Head } from './format.ts';
import { makeEncrypter } from './key.ts';
import { archiveName, backupFolder, noteBackup, parseArchiveName } from './places.ts';
import { superfluous } from './retention.ts';
import { Pieces, put, sealTar, type Pack } from './sealed-tar.ts';
import {
	appliedMigrations,
	columnList,
	listSequences,
	listTables,
	nameOf,
	quoted,
	type Table
} from './tables.ts';

/** Files of DATA_DIR without which an installation is not the same; Storage keeps its files where the last one says. */
const FILES = ['secrets.json', 'installation.json', 'demo.json', 'supabase/.temp/storage/**'];

const putJson = (tar: Pack, name: string, value: unknown) =>
	put(tar, name, Buffer.from(`${JSON.stringify(value, null, '\t')}\n`));

async function putFiles(tar: Pack, dataDir: string): Promise<number> {
	const names = globSync(FILES, { cwd: dataDir, withFileTypes: true })
		.filter((entry) => entry.isFile())
		.map((entry) => join(entry.parentPath, entry.name).slice(dataDir.length + 1))
		.sort();
	for (const name of names) {
		await put(tar, `files/${name.replaceAll('\\', '/')}`, readFileSync(join(dataDir, name)));
	}
	return names.length;
}

async function putTable(tar: Pack, client: pg.Client, table: Table): Promise<number> {
	// A query and not the table itself: COPY refuses partitioned tables.
	const rows = client.query(
		copyTo(`copy (select ${columnList(table.columns)} from ${quoted(table)}) to stdout`)
	);
	const pieces = new Pieces(tar, (number) => `tables/${nameOf(table)}/${number}.copy`);
	for await (const chunk of rows) await pieces.add(chunk as Buffer);
	await pieces.flush();
	return rows.rowCount;
}

async function fill(tar: Pack, client: pg.Client, dataDir: string, at: Date): Promise<End> {
	const tables = await listTables(client);
	await client.query('begin isolation level repeatable read read only');
	// Before the first read, which fixes the snapshot: nothing may be altered or dropped under our feet.
	await client.query(`lock table ${tables.map(quoted).join(', ')} in access share mode`);
	const head: Head = {
		product: 'lang-nghe',
		format: FORMAT,
		madeAt: at.toISOString(),
		migrations: await appliedMigrations(client),
		tables
	};
	await putJson(tar, HEAD, head);
	const end: End = { rows: {}, files: await putFiles(tar, dataDir), sequences: [] };
	for (const table of tables) end.rows[nameOf(table)] = await putTable(tar, client, table);
	end.sequences = await listSequences(client);
	await client.query('commit');
	await putJson(tar, END, end);
	return end;
}

/** Deletes backups past their time, and remains of interrupted ones. */
async function prune(folder: string, keep: Settings['BACKUP_KEEP']): Promise<number> {
	const names = await readdir(folder);
	const archives = names.map(parseArchiveName).filter((archive) => archive !== undefined);
	const old = superfluous(archives, keep, new Date()).map(({ name }) => name);
	for (const name of names.filter((file) => file.endsWith('.tar.gz.age.part'))) {
		const { mtimeMs } = await stat(join(folder, name));
		if (Date.now() - mtimeMs > 24 * 3600_000) old.push(name);
	}
	for (const name of old) rmSync(join(folder, name), { force: true });
	return old.length;
}

export interface MadeBackup {
	path: string;
	bytes: number;
	rows: number;
	/** What opens it, in words. */
	opens: string;
	pruned: number;
}

/**
 * Makes a backup of the database at `url` and of DATA_DIR.
 * @param beforeMigration the migration that is about to be applied, for automatic ones
 * @throws StartProblem when the schema is missing or the disk is full
 */
export async function makeBackup(
	url: string,
	settings: Settings,
	beforeMigration?: string
): Promise<MadeBackup> {
	const folder = backupFolder(settings);
	mkdirSync(folder, { recursive: true, mode: 0o700 });
	const at = new Date();
	const path = join(folder, archiveName(at, beforeMigration));
	const { encrypter, opens } = await makeEncrypter(settings);
	try {
		const end = await withDatabase(url, async (client) => {
			if ((await appliedMigrations(client)).length === 0) {
				throw new StartProblem('This database has no schema yet: there is nothing to back up.');
			}
			return sealTar(path, `${path}.part`, encrypter, (tar) =>
				fill(tar, client, settings.DATA_DIR, at)
			);
		});
		const { size } = await stat(path);
		if (existsSync(settings.DATA_DIR)) {
			noteBackup(settings.DATA_DIR, { at: at.toISOString(), bytes: size });
		}
		const rows = Object.values(end.rows).reduce((sum, n) => sum + n, 0);
		return { path, bytes: size, rows, opens, pruned: await prune(folder, settings.BACKUP_KEEP) };
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === 'ENOSPC') {
			throw new StartProblem(
				`The disk that holds ${folder} is full: free space there, or choose another place with BACKUP_DIR=/some/folder.`
			);
		}
		throw error;
	}
}
