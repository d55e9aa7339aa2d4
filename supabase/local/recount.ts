// `npm run recount`: counts everything again from raw responses, in plain TypeScript, and compares: every daily tally,
// every monthly sum (with the release rule applied again), the months of released comments, every plain figure, every published cell.
// Exits with 1 when anything differs, with 2 when it could not count. Reads one snapshot; changes nothing.
//
// Days before an organisation's private.retention.raw_kept_from have no raw responses any more: there its daily tallies
// are taken as they are. It needs the owner's connection: DATABASE_URL, or that of the installation on DATA_DIR.

import { resolve } from 'node:path';
import { readRunning } from './installation.ts';
import { withDatabase } from './migrations.ts';
import { recount } from './recount/compare.ts';
import { Snapshot } from './recount/database.ts';

async function main(): Promise<void> {
	const url =
		process.env.DATABASE_URL ?? readRunning(resolve(process.env.DATA_DIR ?? '.data'))?.databaseUrl;
	if (!url) {
		throw new Error(
			'Set DATABASE_URL to the address of the database with its owner, or start the installation first.'
		);
	}
	const { summary, found } = await withDatabase(url, async (client) => {
		await client.query('begin isolation level repeatable read read only');
		return recount(new Snapshot(client));
	});
	console.log(summary);
	if (found.count === 0) {
		console.log('Everything agrees.');
		return;
	}
	console.log(`${found.count} of ${found.compared} comparisons differ; the first of them:`);
	for (const words of found.first) console.log(`  ${words}`);
	process.exitCode = 1;
}

try {
	await main();
} catch (error) {
	console.error(`The recount could not be made: ${(error as Error).message}`);
	process.exitCode = 2;
}
