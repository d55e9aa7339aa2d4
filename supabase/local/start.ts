// `npm start` and `npm run dev`: brings one installation up in order, keeps it up, and takes it down again without
// a trace. `--dev` serves by vite, `--blank` begins without the demo. Each step is a module beside this one.

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { announce, localUrl, readDemo } from './announce.ts';
import { appService, workerService, type AppOptions } from './app.ts';
import { backUpBefore, scheduleBackups } from './backup/automatic.ts';
import { buildApp, isBuilt } from './build.ts';
import { makeAccounts } from './demo/accounts.ts';
import { putTargets } from './demo/targets.ts';
import { startEmbedded, type Embedded } from './embedded.ts';
import {
	isDemo,
	prepareFolders,
	releaseLock,
	stopLeftovers,
	takeLock,
	watchDisk,
	writeRunning,
	type Folders
} from './installation.ts';
import { mailBySettings, wantsCatcher, type Mail } from './mail.ts';
import { ROOT } from './migrations.ts';
import { assertPortFree } from './ports.ts';
import { asStartProblem, report } from './problem.ts';
import { isAlive } from './processes.ts';
import { assertSchemaIsNew } from './remote.ts';
import { readSecrets, writePrivately } from './secrets.ts';
import { OWNER_SETTINGS, readSettings, type Settings } from './settings.ts';
import { setupLink } from './setup-link.ts';
import { Supervisor } from './supervisor.ts';
import { runTask } from './task.ts';

const dev = process.argv.includes('--dev');
const blank = process.argv.includes('--blank');
const supervisor = new Supervisor();
const say = (line: string) => console.log(line);
/** The DATA_DIR whose lock we hold. */
let locked: string | undefined;

/** Loads the demo unless demo.json says that it is there, and keeps its addresses true when PORT has changed. */
async function ensureDemo(
	{ DATA_DIR, PORT, ORIGIN }: Settings,
	folders: Folders,
	supabase: AppOptions['supabase']
): Promise<void> {
	const url = localUrl(PORT, ORIGIN);
	const demo = readDemo(DATA_DIR);
	const loader = join(ROOT, 'supabase/local/demo/load.ts');
	if (!demo && existsSync(loader)) {
		say('Loading the demo organisation (first start only)…');
		await runTask(
			{
				name: 'demo',
				command: process.execPath,
				args: [loader],
				cwd: ROOT,
				env: {
					...process.env,
					SUPABASE_URL: supabase.url,
					SUPABASE_PUBLISHABLE_KEY: supabase.publishableKey,
					SUPABASE_SECRET_KEY: supabase.secretKey,
					DATA_DIR,
					PUBLIC_URL: url
				},
				folders,
				onTerminal: true
			},
			supervisor.signal
		);
	} else if (demo && demo.url !== url) {
		const text = readFileSync(join(DATA_DIR, 'demo.json'), 'utf8');
		writePrivately(join(DATA_DIR, 'demo.json'), text.replaceAll(`"${demo.url}`, `"${url}`));
	}
}

/** Adds the demo's accounts once its organisation is there. */
async function ensureAccounts(
	dataDir: string,
	supabase: AppOptions['supabase'],
	databaseUrl: string
): Promise<void> {
	const demo = readDemo(dataDir);
	if (!demo || demo.accounts.length > 0) return;
	await putTargets(databaseUrl);
	const accounts = await makeAccounts(supabase, databaseUrl);
	const text = JSON.stringify({ ...demo, accounts }, null, '\t');
	writePrivately(join(dataDir, 'demo.json'), `${text}\n`);
}

/** How mail leaves; starts the catcher where one is wanted. */
async function startMail(settings: Settings, folders: Folders, demo: boolean): Promise<Mail> {
	const mail = mailBySettings(settings);
	if (!wantsCatcher(settings, dev, demo)) return mail;
	const { mailCatcher } = await import('./mail-service.ts');
	const caught = await mailCatcher(settings.DATA_DIR, mail.from, folders);
	await supervisor.run(caught.service);
	return caught.mail;
}

async function main(): Promise<void> {
	const began = performance.now();
	const settings = readSettings();
	for (const name of OWNER_SETTINGS) delete process.env[name];
	const { DATA_DIR, PORT, HOST, ORIGIN, SUPABASE_URL } = settings;
	const folders = prepareFolders(DATA_DIR);
	const running = await takeLock(DATA_DIR);
	locked = DATA_DIR;
	// Killing npm outright must not leave a server behind that nobody can stop with Ctrl-C.
	const { starter } = running;
	if (starter) setInterval(() => void (isAlive(starter) || finish(0)), 1000).unref();
	await stopLeftovers(folders);
	await assertPortFree(PORT, HOST);

	// The build and the database need different things of the machine: both at once.
	const built = dev || isBuilt() ? Promise.resolve() : buildApp(folders, supervisor.signal);
	if (!dev && !isBuilt()) say('Building the app (first start, or its sources have changed)…');
	built.catch(() => {});

	const secrets = readSecrets(DATA_DIR);
	const ticketSecret = settings.TICKET_SECRET ?? secrets.ticketSecret;
	const siteUrl = localUrl(PORT, ORIGIN);
	const demo = !SUPABASE_URL && isDemo(DATA_DIR, blank);
	const mail = await startMail(settings, folders, demo);
	let embedded: Embedded | undefined;
	let supabase: AppOptions['supabase'];
	if (SUPABASE_URL) {
		supabase = {
			url: SUPABASE_URL,
			publishableKey: settings.SUPABASE_PUBLISHABLE_KEY ?? '',
			secretKey: settings.SUPABASE_SECRET_KEY ?? ''
		};
		await assertSchemaIsNew(supabase.url, supabase.publishableKey);
	} else {
		say('Starting the database…');
		const auth = {
			mail,
			confirmEmail: settings.CONFIRM_EMAIL === 'yes',
			idleMinutes: settings.IDLE_MINUTES
		};
		const options = {
			dataDir: DATA_DIR,
			folders,
			secrets,
			ticketSecret,
			siteUrl,
			auth,
			say,
			beforeMigrating: (url: string, pending: string[]) => backUpBefore(url, pending, settings, say)
		};
		embedded = await startEmbedded(supervisor, options);
		const { publishableKey, secretKey } = secrets;
		supabase = { url: embedded.apiUrl, publishableKey, secretKey };
		if (demo) {
			await ensureDemo(settings, folders, supabase);
			await ensureAccounts(DATA_DIR, supabase, embedded.databaseUrl);
		}
	}
	await built;

	const options: AppOptions = {
		settings,
		folders,
		dev,
		supabase,
		ticketSecret,
		mail,
		publicUrl: siteUrl
	};
	await supervisor.run(appService(options));
	await supervisor.run(workerService(options));
	await announce({
		port: PORT,
		host: HOST,
		origin: ORIGIN,
		dataDir: DATA_DIR,
		demo,
		embedded: embedded !== undefined,
		setupLink: demo
			? undefined
			: await setupLink(supabase, siteUrl).catch((error: Error) => void say(error.message)),
		mailbox: mail.mailbox !== undefined,
		seconds: (performance.now() - began) / 1000
	});
	writeRunning(DATA_DIR, {
		...running,
		ready: true,
		url: localUrl(PORT, ORIGIN),
		apiUrl: supabase.url,
		...(embedded ? { databaseUrl: embedded.databaseUrl } : {})
	});
	watchDisk(DATA_DIR);
	if (settings.BACKUP_AT) {
		scheduleBackups(settings, folders, embedded !== undefined, supervisor, say);
	}
}

let finishing = false;
async function finish(code: number): Promise<void> {
	if (finishing) return;
	finishing = true;
	await supervisor.endAll();
	if (locked) releaseLock(locked);
	process.exit(code);
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
	process.on(signal, () => {
		if (!finishing) say('\nStopping…');
		void finish(0);
	});
}

// A closed terminal (`npm start | head`) must not take the supervisor away from its children.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});
for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
	process.on(event, (error: unknown) => void finish(report(error)));
}

// Keeps the process alive while its children work.
const alive = setInterval(() => {}, 60_000);
try {
	await main();
} catch (error) {
	if (!supervisor.signal.aborted) {
		clearInterval(alive);
		void finish(report(asStartProblem(error, process.env.DATA_DIR ?? '.data')));
	}
}
