// The embedded Supabase API: @supabase/lite in front of the embedded Postgres, as a service.
// It connects as `lite_api`, never as the owner: with its first request it grants everything it may grant.

import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { smtpSection, type Mail } from './mail.ts';
import { ROOT } from './migrations.ts';
import { answers } from './ports.ts';
import { writePrivately, type Secrets } from './secrets.ts';
import { Service } from './service.ts';

const here = dirname(fileURLToPath(import.meta.url));

/** What people's accounts depend on. */
export interface AuthOptions {
	mail: Mail;
	/** Whether a new account's address has to be confirmed by mail before it counts. */
	confirmEmail: boolean;
	/** Sessions that nobody uses end after this long; the app ends them earlier, at the next click. */
	idleMinutes: number;
}

export interface LiteOptions {
	dataDir: string;
	port: number;
	/** Address of the database for the role `lite_api`. */
	databaseUrl: string;
	/** Where people reach the product: the base of links in mails. */
	siteUrl: string;
	auth: AuthOptions;
	secrets: Secrets;
	folders: { logs: string; run: string };
}

/** Our mails instead of lite's own; their links lead to our page /auth/confirm. */
function templateSections(): string {
	const subjects = {
		confirmation: 'Lắng Nghe: xác nhận địa chỉ thư điện tử',
		recovery: 'Lắng Nghe: đặt lại mật khẩu',
		email_change: 'Lắng Nghe: xác nhận đổi địa chỉ thư điện tử'
	};
	return Object.entries(subjects)
		.map(([name, subject]) => {
			const path = join(ROOT, 'supabase/templates', `${name}.html`);
			return `[auth.email.template.${name}]\nsubject = ${JSON.stringify(subject)}\ncontent_path = ${JSON.stringify(path)}\n`;
		})
		.join('\n');
}

/** Writes DATA_DIR/supabase/config.toml; it holds keys and a password, so only its owner may read it. */
function writeConfig({ dataDir, port, databaseUrl, siteUrl, auth, secrets }: LiteOptions): void {
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
minimum_password_length = 15
publishable_key = ${JSON.stringify(secrets.publishableKey)}
secret_key = ${JSON.stringify(secrets.secretKey)}

[auth.sessions]
inactivity_timeout = "${Math.ceil(auth.idleMinutes) + 15}m"

[auth.email]
enable_signup = true
enable_confirmations = ${auth.confirmEmail}
double_confirm_changes = true
otp_expiry = 3600

${smtpSection(auth.mail)}
${templateSections()}`
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
		args: [
			...['lite-gate.mjs', 'lite-pipeline.mjs'].flatMap((file) => ['--import', join(here, file)]),
			...[cli, 'start', '--no-admin']
		],
		env: {
			...process.env,
			DO_NOT_TRACK: '1',
			EXPERIMENTAL_STORAGE: '1',
			NODE_ENV: 'production',
			NODE_NO_WARNINGS: '1',
			...(options.auth.mail.caFile ? { NODE_EXTRA_CA_CERTS: options.auth.mail.caFile } : {})
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
