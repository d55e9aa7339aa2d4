// The app (adapter-node build, or vite in development) and the worker, as services. The secret key goes to the
// worker only: the app never holds a key that bypasses RLS.

import { join } from 'node:path';
import type { Folders } from './installation.ts';
import type { Mail } from './mail.ts';
import { ROOT } from './migrations.ts';
import { Service } from './service.ts';
import type { Settings } from './settings.ts';

export interface AppOptions {
	settings: Settings;
	folders: Folders;
	dev: boolean;
	supabase: { url: string; publishableKey: string; secretKey: string };
	ticketSecret: string;
	mail: Mail;
	/** Where people reach the product: the base of links in mails. */
	publicUrl: string;
}

const STOP: [NodeJS.Signals, milliseconds: number][] = [
	['SIGTERM', 8000],
	['SIGKILL', 3000]
];

/** Variables of ours that the machine's environment may hold must not reach a child that should not have them. */
function childEnv({ settings, supabase, ticketSecret }: AppOptions): NodeJS.ProcessEnv {
	const {
		SUPABASE_SECRET_KEY: _secret,
		DATABASE_URL: _owner,
		SMTP_URL: _smtp,
		MAILBOX_DIR: _mailbox,
		...inherited
	} = process.env;
	return {
		...inherited,
		DATA_DIR: settings.DATA_DIR,
		SUPABASE_URL: supabase.url,
		SUPABASE_PUBLISHABLE_KEY: supabase.publishableKey,
		TICKET_SECRET: ticketSecret
	};
}

/** Whether GET /healthz says 200, which it does only when the database answers too. */
async function isHealthy({ PORT, HOST }: Settings): Promise<boolean> {
	const any = HOST === '0.0.0.0' || HOST === '::';
	const host = any ? '127.0.0.1' : HOST.includes(':') ? `[${HOST}]` : HOST;
	try {
		const answer = await fetch(`http://${host}:${PORT}/healthz`, {
			signal: AbortSignal.timeout(10_000)
		});
		await answer.arrayBuffer();
		return answer.status === 200;
	} catch {
		return false;
	}
}

export function appService(options: AppOptions): Service {
	const { settings, folders, dev } = options;
	const { PORT, HOST, ORIGIN } = settings;
	const vite = ['node_modules/vite/bin/vite.js', 'dev', '--strictPort'];
	return new Service({
		title: 'The app',
		port: PORT,
		command: process.execPath,
		args: dev
			? [...vite, '--port', String(PORT), '--host', HOST]
			: ['--enable-source-maps', join(ROOT, 'build/index.js')],
		env: {
			...childEnv(options),
			PORT: String(PORT),
			HOST,
			...(ORIGIN ? { ORIGIN } : {}),
			// Forms with a file; citizen routes refuse much earlier (src/hooks.server.ts).
			BODY_SIZE_LIMIT: '11M',
			SHUTDOWN_TIMEOUT: '5',
			IDLE_MINUTES: String(settings.IDLE_MINUTES),
			MAIL: options.mail.url ? 'on' : 'off',
			// A Supabase elsewhere sends the mails about accounts by its own settings.
			ACCOUNT_MAIL: options.mail.url || settings.SUPABASE_URL ? 'on' : 'off',
			...(options.mail.mailbox ? { MAILBOX_DIR: options.mail.mailbox } : {}),
			NODE_ENV: dev ? 'development' : 'production'
		},
		cwd: ROOT,
		logFile: join(folders.logs, 'app.log'),
		pidFile: join(folders.run, 'app.pid'),
		isReady: () => isHealthy(settings),
		stopSignals: STOP,
		onTerminal: dev
	});
}

export function workerService(options: AppOptions): Service {
	const { folders, supabase, mail, publicUrl } = options;
	return new Service({
		title: 'The worker',
		command: process.execPath,
		args: [join(ROOT, 'src/lib/server/worker/main.ts')],
		env: {
			...childEnv(options),
			SUPABASE_SECRET_KEY: supabase.secretKey,
			PUBLIC_URL: publicUrl,
			MAIL_FROM: mail.from,
			...(mail.url ? { SMTP_URL: mail.url } : {}),
			...(mail.caFile ? { NODE_EXTRA_CA_CERTS: mail.caFile } : {}),
			NODE_ENV: 'production'
		},
		cwd: ROOT,
		logFile: join(folders.logs, 'worker.log'),
		pidFile: join(folders.run, 'worker.pid'),
		isReady: () => Promise.resolve(true),
		stopSignals: STOP
	});
}
