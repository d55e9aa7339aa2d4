// The secrets of one installation: made once, kept in DATA_DIR/secrets.json, readable by its owner only.
// Losing the file means new keys and new tickets (open forms must be loaded again); no answer is lost.

import { randomBytes } from 'node:crypto';
import { chmodSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { StartProblem } from './problem.ts';

const schema = z.object({
	/** Signs the sessions that the embedded Supabase API gives out. */
	jwtSecret: z.string().min(32),
	publishableKey: z.string().startsWith('sb_publishable_'),
	secretKey: z.string().startsWith('sb_secret_'),
	/** Signs the tickets in citizen forms (docs/architecture.md). */
	ticketSecret: z.string().min(32),
	/** Passwords of the database roles `postgres` and `lite_api`. */
	ownerPassword: z.string().min(16),
	apiPassword: z.string().min(16)
});

export type Secrets = z.infer<typeof schema>;

const make = (bytes = 32) => randomBytes(bytes).toString('base64url');

const fresh = (): Secrets => ({
	jwtSecret: make(48),
	publishableKey: `sb_publishable_${make()}`,
	secretKey: `sb_secret_${make()}`,
	ticketSecret: make(),
	ownerPassword: make(24),
	apiPassword: make(24)
});

/** Writes a file that only its owner can read, whole or not at all. */
export function writePrivately(path: string, content: string | Buffer): void {
	const draft = `${path}.${process.pid}.tmp`;
	writeFileSync(draft, content, { mode: 0o600 });
	chmodSync(draft, 0o600);
	renameSync(draft, path);
}

/**
 * The secrets of this DATA_DIR, made when there are none yet.
 * @throws StartProblem when the file is there but damaged (it is never overwritten)
 */
export function readSecrets(dataDir: string): Secrets {
	const path = join(dataDir, 'secrets.json');
	let text: string;
	try {
		text = readFileSync(path, 'utf8');
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
		const secrets = fresh();
		writePrivately(path, `${JSON.stringify(secrets, null, '\t')}\n`);
		return secrets;
	}
	try {
		return schema.parse(JSON.parse(text));
	} catch {
		throw new StartProblem(
			`${path} is damaged: put it back from a backup (without it the database cannot be opened).`
		);
	}
}
