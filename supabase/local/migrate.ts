// `npm run migrate`: brings the database at DATABASE_URL (its owner) to the newest migration with the supabase
// CLI and stores the ticket secret there. The embedded database needs no such step: `npm start` does it.

import { backUpBefore } from './backup/automatic.ts';
import {
	pendingMigrations,
	pushMigrations,
	storeTicketSecret,
	withDatabase
} from './migrations.ts';
import { prepareFolders, readRunning } from './installation.ts';
import { asDatabaseProblem, report, StartProblem } from './problem.ts';
import { readSecrets } from './secrets.ts';
import { readSettings } from './settings.ts';

async function main(): Promise<void> {
	const settings = readSettings();
	const url = settings.DATABASE_URL ?? readRunning(settings.DATA_DIR)?.databaseUrl;
	if (!url) {
		throw new StartProblem(
			'Set DATABASE_URL to the address of your Supabase database with its owner (postgresql://postgres:password@host:5432/postgres); the embedded database is migrated by npm start.'
		);
	}
	prepareFolders(settings.DATA_DIR);
	const secret = settings.TICKET_SECRET ?? readSecrets(settings.DATA_DIR).ticketSecret;
	const pending = await withDatabase(url, async (client) => {
		const { rows } = await client.query(`select from pg_roles where rolname = 'service_role'`);
		if (rows.length > 0) return pendingMigrations(client);
		throw new StartProblem(
			'DATABASE_URL is a plain Postgres, not a Supabase: run supabase/local/bootstrap.sql there once, then npm run migrate again.'
		);
	});
	if (pending.length > 0) {
		await backUpBefore(url, pending, settings, (line) => console.log(line));
		console.log(`Pushing ${pending.length} migrations (${pending[0]} … ${pending.at(-1)})…`);
		await pushMigrations(url);
	}
	await withDatabase(url, async (client) => {
		await storeTicketSecret(client, secret);
		await client.query(`notify pgrst, 'reload schema'`);
	});
	console.log('The schema is up to date and the ticket secret is stored.');
}

try {
	await main();
} catch (error) {
	process.exitCode = report(asDatabaseProblem(error, process.env.DATA_DIR ?? '.data'));
}
