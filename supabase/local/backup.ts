// `npm run backup`: one sealed archive with everything that a new machine needs to go on. It works beside the running
// product, on a stopped one (then it starts Postgres for the moment), and on any Supabase with DATABASE_URL.

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { makeBackup, type MadeBackup } from './backup/write.ts';
import { startPostgres } from './embedded.ts';
import { prepareFolders, readRunning, releaseLock, takeLock } from './installation.ts';
import { asDatabaseProblem, report, StartProblem } from './problem.ts';
import { readSecrets } from './secrets.ts';
import { readSettings, type Settings } from './settings.ts';
import { Supervisor } from './supervisor.ts';

/** Of an installation that does not run: its Postgres is started for as long as it takes. */
async function backUpStopped(settings: Settings): Promise<MadeBackup> {
	const { DATA_DIR: dataDir } = settings;
	if (!existsSync(join(dataDir, 'secrets.json'))) {
		throw new StartProblem(
			`There is no installation in ${dataDir}: set DATA_DIR to yours, or DATABASE_URL to the database of your Supabase.`
		);
	}
	const folders = prepareFolders(dataDir);
	await takeLock(dataDir);
	const supervisor = new Supervisor();
	for (const signal of ['SIGINT', 'SIGTERM'] as const) {
		process.once(signal, () => void supervisor.endAll().then(() => process.exit(1)));
	}
	try {
		const secrets = readSecrets(dataDir);
		const { url } = await startPostgres(supervisor, {
			dataDir,
			folders,
			secrets,
			say: console.log
		});
		return await makeBackup(url, settings);
	} finally {
		await supervisor.endAll();
		releaseLock(dataDir);
	}
}

async function main(): Promise<void> {
	const settings = readSettings();
	const url = settings.DATABASE_URL ?? readRunning(settings.DATA_DIR)?.databaseUrl;
	const made = url ? await makeBackup(url, settings) : await backUpStopped(settings);
	const size = `${(made.bytes / 1024 / 1024).toFixed(1)} MB`;
	console.log(`Backup: ${made.path} (${size}, ${made.rows} rows)\nIt opens with ${made.opens}.`);
	if (made.pruned > 0) console.log(`${made.pruned} older backups are past their time and deleted.`);
}

try {
	await main();
} catch (error) {
	process.exitCode = report(asDatabaseProblem(error, process.env.DATA_DIR ?? '.data'));
}
