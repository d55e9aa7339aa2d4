// Where backups and their key lie, how an archive is named, and the note of the last one that /metrics reads.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { writePrivately } from '../secrets.ts';
import type { Settings } from '../settings.ts';

/** Beside DATA_DIR, not in it: deleting the data must not delete what brings it back. */
export const backupFolder = (settings: Pick<Settings, 'DATA_DIR' | 'BACKUP_DIR'>): string =>
	settings.BACKUP_DIR ?? `${settings.DATA_DIR}-backups`;

export const backupKeyFile = (settings: Pick<Settings, 'DATA_DIR' | 'BACKUP_KEY_FILE'>): string =>
	settings.BACKUP_KEY_FILE ?? `${settings.DATA_DIR}-backup-key.txt`;

/** An archive by its name. */
export interface Archive {
	name: string;
	at: Date;
	/** The migration that it was made before, for automatic ones. */
	beforeMigration: string | undefined;
}

const NAME =
	/^lang-nghe-(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z(?:-before-(\d{14}))?\.tar\.gz\.age$/;

export function archiveName(at: Date, beforeMigration?: string): string {
	const stamp = at
		.toISOString()
		.replace(/\.\d+Z$/, 'Z')
		.replaceAll(/[-:]/g, '');
	return `lang-nghe-${stamp}${beforeMigration ? `-before-${beforeMigration}` : ''}.tar.gz.age`;
}

/** What a file name says; undefined for every other file. */
export function parseArchiveName(name: string): Archive | undefined {
	const match = NAME.exec(name);
	if (!match) return undefined;
	const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match
		.slice(1, 7)
		.map(Number);
	const at = new Date(Date.UTC(year, month - 1, day, hour, minute, second));
	return { name, at, beforeMigration: match[7] };
}

/** DATA_DIR/last-backup.json: when the last backup was finished, and how large it is. */
export interface LastBackup {
	at: string;
	bytes: number;
}

const lastBackupPath = (dataDir: string) => join(dataDir, 'last-backup.json');

export function noteBackup(dataDir: string, last: LastBackup): void {
	writePrivately(lastBackupPath(dataDir), `${JSON.stringify(last)}\n`);
}

export function readLastBackup(dataDir: string): LastBackup | undefined {
	try {
		return JSON.parse(readFileSync(lastBackupPath(dataDir), 'utf8')) as LastBackup;
	} catch {
		return undefined;
	}
}
