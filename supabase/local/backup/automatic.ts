// Backups that nobody has to think of: one before an update changes the schema, and one every night when BACKUP_AT is
// set. The nightly one is a process of its own: sealing costs time that answers should not wait for.

import { join } from 'node:path';
import { Cron } from 'croner';
import type { Folders } from '../installation.ts';
import { ROOT, withDatabase } from '../migrations.ts';
import { OWNER_SETTINGS, type Settings } from '../settings.ts';
import type { Supervisor } from '../supervisor.ts';
import { runTask } from '../task.ts';
import { readLastBackup } from './places.ts';
import { appliedMigrations, holdsData } from './tables.ts';
import { makeBackup } from './write.ts';

/**
 * Makes a backup when the database already holds data.
 * @param pending the migrations about to be applied; the first one goes into the archive's name
 * @throws when it cannot be made: then the schema should stay as it is
 */
export async function backUpBefore(
	url: string,
	pending: string[],
	settings: Settings,
	say: (line: string) => void
): Promise<void> {
	const isWorthIt = await withDatabase(
		url,
		async (client) => (await appliedMigrations(client)).length > 0 && holdsData(client)
	);
	if (!isWorthIt) return;
	say('Backing up before the schema changes…');
	const { path, opens } = await makeBackup(url, settings, pending[0]);
	say(`Backup: ${path}\nIt opens with ${opens}.`);
}

/** A machine that slept through the night makes up for it soon after its start. */
const OVERDUE = 26 * 3600_000;
const SOON = 60_000;

/** Makes a backup every day at BACKUP_AT until the supervisor ends. */
export function scheduleBackups(
	settings: Settings,
	folders: Folders,
	embedded: boolean,
	supervisor: Supervisor,
	say: (line: string) => void
): void {
	const { BACKUP_AT, DATA_DIR } = settings;
	if (!BACKUP_AT) return;
	if (!embedded && !settings.DATABASE_URL) {
		say('BACKUP_AT needs DATABASE_URL with SUPABASE_URL: no nightly backup is made.');
		return;
	}
	const [hour, minute] = BACKUP_AT.split(':').map(Number);
	// Of these the supervisor's environment has been cleared.
	const owner = Object.fromEntries(
		OWNER_SETTINGS.filter((name) => settings[name]).map((name) => [name, settings[name]])
	);
	let isRunning = false;
	const run = async () => {
		// One that makes up for a missed night may still be at work.
		if (isRunning) return;
		isRunning = true;
		try {
			const task = {
				name: 'backup',
				command: process.execPath,
				args: [join(ROOT, 'supabase/local/backup.ts')],
				cwd: ROOT,
				env: { ...process.env, ...owner, DATA_DIR },
				folders
			};
			await runTask(task, supervisor.signal);
		} catch (error) {
			if (!supervisor.signal.aborted) say(`The nightly backup failed: ${(error as Error).message}`);
		} finally {
			isRunning = false;
		}
	};
	const clock = new Cron(
		`${minute} ${hour} * * *`,
		{ timezone: 'Asia/Ho_Chi_Minh', unref: true },
		run
	);
	const last = readLastBackup(DATA_DIR);
	const overdue = !last || Date.now() - Date.parse(last.at) > OVERDUE;
	const timer = overdue ? setTimeout(() => void clock.trigger(), SOON) : undefined;
	supervisor.signal.addEventListener('abort', () => {
		clock.stop();
		clearTimeout(timer);
	});
}
