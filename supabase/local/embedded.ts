// The embedded Supabase: Postgres, bootstrap, migrations and the API, in the only order that works on a first
// start (docs/operations.md says why). When this returns, the API answers and has had its first request.

import { liteService, askOnce, type AuthOptions } from './lite.ts';
import type { Folders } from './installation.ts';
import {
	pendingMigrations,
	pushMigrations,
	runBootstrap,
	storeTicketSecret,
	withDatabase
} from './migrations.ts';
import { freePort } from './ports.ts';
import {
	databaseUrl,
	initialiseCluster,
	postgresService,
	stopLeftoverPostgres
} from './postgres.ts';
import { preparePostgresHome } from './postgres-home.ts';
import { diskFull, StartProblem } from './problem.ts';
import type { Secrets } from './secrets.ts';
import { ServiceFailed, type Service } from './service.ts';
import type { Supervisor } from './supervisor.ts';

export interface EmbeddedOptions {
	dataDir: string;
	folders: Folders;
	secrets: Secrets;
	ticketSecret: string;
	siteUrl: string;
	auth: AuthOptions;
	say: (line: string) => void;
	/** Called before migrations are pushed to the database at `url`; what it throws stops the start. */
	beforeMigrating?: (url: string, pending: string[]) => Promise<void>;
}

/** Addresses of the running pieces; `databaseUrl` is that of the owner. */
export interface Embedded {
	apiUrl: string;
	databaseUrl: string;
}

/** Postgres itself, ready for connections of the owner. Used alone by `npm run types` and tests. */
export async function startPostgres(
	supervisor: Supervisor,
	{
		dataDir,
		folders,
		secrets,
		say
	}: Pick<EmbeddedOptions, 'dataDir' | 'folders' | 'secrets' | 'say'>,
	onRevived?: () => void
): Promise<{ url: string; port: number }> {
	const home = preparePostgresHome(dataDir);
	for (const notice of home.notices) say(notice);
	await stopLeftoverPostgres(home.cluster);
	await initialiseCluster(home, secrets.ownerPassword);
	const port = await freePort();
	// Backends of a killed Postgres need some seconds to notice that it is gone.
	for (const end = Date.now() + 15_000; ; await new Promise((next) => setTimeout(next, 500))) {
		try {
			await supervisor.run(postgresService(home, port, secrets.ownerPassword, folders, onRevived));
			return { url: databaseUrl(port, 'postgres', secrets.ownerPassword), port };
		} catch (error) {
			if (!(error instanceof ServiceFailed)) throw error;
			if (/No space left/.test(error.output)) throw diskFull(home.cluster);
			const mayPass = /shared memory block|lock file|Address already in use/.test(error.output);
			if (mayPass && Date.now() < end) continue;
			throw new StartProblem(
				`Postgres does not start on ${home.cluster}; its own words are in ${folders.logs}/postgres.log: ${error.output.split('\n').at(-1)}`
			);
		}
	}
}

async function liteOf(options: EmbeddedOptions, postgresPort: number): Promise<Service> {
	const { dataDir, folders, secrets, siteUrl, auth } = options;
	return liteService({
		dataDir,
		port: await freePort(),
		databaseUrl: databaseUrl(postgresPort, 'lite_api', secrets.apiPassword),
		siteUrl,
		auth,
		secrets,
		folders
	});
}

/** Postgres with the roles, extensions and schemas that migrations expect, but without any migration of its own. */
export async function startDatabase(
	supervisor: Supervisor,
	options: EmbeddedOptions,
	onPostgresBack?: () => void
): Promise<{ url: string; port: number }> {
	const { secrets } = options;
	const { url, port } = await startPostgres(supervisor, options, onPostgresBack);
	await withDatabase(url, async (client) => {
		await runBootstrap(client);
		await client.query(`
			alter role lite_api password '${secrets.apiPassword}';
			alter role lite_api reset log_min_messages;
			-- With its first request lite tries to grant what it may not: some fifty warnings that mean nothing.
			alter role lite_api set client_min_messages = 'error'`);
		const { rows } = await client.query<{ fresh: boolean }>(
			`select to_regnamespace('auth') is null as fresh`
		);
		if (rows[0]?.fresh) {
			// It makes its own schemas before ours may refer to them.
			const first = await supervisor.run(await liteOf(options, port));
			await supervisor.end(first);
		}
		await client.query('grant usage on schema auth to anon, authenticated, service_role');
	});
	return { url, port };
}

/** Starts everything and brings the schema up to date. */
export async function startEmbedded(
	supervisor: Supervisor,
	options: EmbeddedOptions
): Promise<Embedded> {
	const { secrets, ticketSecret, say } = options;
	const running: { api?: Service } = {};
	// Its connections wait ever longer before they try again: a fresh process is there within a second.
	const { url, port } = await startDatabase(supervisor, options, () => running.api?.restart());
	const pending = await withDatabase(url, pendingMigrations);
	if (pending.length > 0) {
		await options.beforeMigrating?.(url, pending);
		say(`Pushing ${pending.length} migrations…`);
		await pushMigrations(url);
	}
	await withDatabase(url, (client) => storeTicketSecret(client, ticketSecret));

	const api = await supervisor.run(await liteOf(options, port));
	running.api = api;
	const apiUrl = `http://127.0.0.1:${api.options.port}`;
	await askOnce(apiUrl, secrets.publishableKey);
	return { apiUrl, databaseUrl: url };
}
