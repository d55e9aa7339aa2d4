// The embedded Supabase API: @supabase/lite in front of the embedded Postgres, as a service.
// It connects as `lite_api`, never as the owner: with its first request it grants everything it may grant.

import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { answers } from './ports.ts';
import { writePrivately, type Secrets } from './secrets.ts';
import { Service } from './service.ts';

const here = dirname(fileURLToPath(import.meta.url));

export interface LiteOptions {
	dataDir: string;
	port: number;
	/** Address of the database for the role `lite_api`. */
	databaseUrl: string;
	/** Where people reach the product: the base of links in mails. */
	siteUrl: string;
	secrets: Secrets;
	folders: { logs: string; run: string };
}

/** Writes DATA_DIR/supabase/config.toml; it holds keys and a password, so only its owner may read it. */
function writeConfig({ dataDir, port, databaseUrl, siteUrl, secrets }: LiteOptions): void {
	mkdirSync(join(dataDir, 'supabase'), { recursive: true, mode: 0o700 });
	writePrivately(
		join(dataDir, 'supabase/config.toml'),
		`# Written by every \`npm start\`: changes here are lost.
project_id = "lang-nghe"

[api]
port = ${port}
schemas = ["public"]
max_rows = 1000

[db]
driver = "postgres"
url = ${JSON.stringify(databaseUrl)}

[auth]
enabled = true
site_url = ${JSON.stringify(siteUrl)}
jwt_secret = ${JSON.stringify(secrets.jwtSecret)}
jwt_expiry = 600
enable_signup = true
publishable_key = ${JSON.stringify(secrets.publishableKey)}
secret_key = ${JSON.stringify(secrets.secretKey)}

[auth.email]
enable_signup = true
enable_confirmations = false
`
	);
}

/** The service; its config is written at once. It keeps its files (Storage) under DATA_DIR. */
export function liteService(options: LiteOptions): Service {
	writeConfig(options);
	const cli = join(dirname(fileURLToPath(import.meta.resolve('@supabase/lite'))), 'cli/index.js');
	return new Service({
		title: 'The Supabase API',
		port: options.port,
		command: process.execPath,
		args: ['--import', join(here, 'lite-gate.mjs'), cli, 'start', '--no-admin'],
		env: {
			...process.env,
			DO_NOT_TRACK: '1',
			EXPERIMENTAL_STORAGE: '1',
			NODE_ENV: 'production',
			NODE_NO_WARNINGS: '1'
		},
		cwd: options.dataDir,
		logFile: join(options.folders.logs, 'api.log'),
		pidFile: join(options.folders.run, 'api.pid'),
		isReady: () => answers(options.port),
		stopSignals: [
			['SIGTERM', 5000],
			['SIGKILL', 3000]
		]
	});
}

/** One request and its answer before anybody else may ask: concurrent first requests race on roles. */
export async function askOnce(url: string, publishableKey: string): Promise<number> {
	const answer = await fetch(`${url}/rest/v1/rpc/health`, {
		method: 'POST',
		headers: { apikey: publishableKey, 'content-type': 'application/json' },
		body: '{}',
		signal: AbortSignal.timeout(10_000)
	});
	await answer.arrayBuffer();
	return answer.status;
}
