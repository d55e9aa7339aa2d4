// A complete embedded Supabase in a temporary folder, for tools and tests that need the schema and nothing that
// runs: made, used, removed.

import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbedded, type Embedded } from './embedded.ts';
import { prepareFolders } from './installation.ts';
import { readSecrets, type Secrets } from './secrets.ts';
import { Supervisor } from './supervisor.ts';

/** A temporary folder that the user `postgres` may enter too (plain `mkdtemp` makes it 0700). */
export function temporaryFolder(): string {
	const folder = mkdtempSync(join(tmpdir(), 'lang-nghe-'));
	chmodSync(folder, 0o755);
	return folder;
}

/** Runs `work` beside a fresh embedded Supabase with all migrations. */
export async function withThrowaway<T>(
	work: (stack: Embedded & { secrets: Secrets }) => Promise<T>
): Promise<T> {
	const dataDir = temporaryFolder();
	const supervisor = new Supervisor();
	const stop = () => void supervisor.endAll().then(() => process.exit(1));
	process.once('SIGINT', stop).once('SIGTERM', stop);
	try {
		const folders = prepareFolders(dataDir);
		const secrets = readSecrets(dataDir);
		const stack = await startEmbedded(supervisor, {
			dataDir,
			folders,
			secrets,
			ticketSecret: secrets.ticketSecret,
			siteUrl: 'http://localhost:3000',
			auth: {
				mail: { url: undefined, from: 'nobody@localhost.localdomain' },
				confirmEmail: false,
				idleMinutes: 30
			},
			say: () => {}
		});
		return await work({ ...stack, secrets });
	} finally {
		process.off('SIGINT', stop).off('SIGTERM', stop);
		await supervisor.endAll();
		rmSync(dataDir, { recursive: true, force: true });
	}
}
