// What opens a backup: a passphrase (BACKUP_PASSPHRASE), or a key file that is made once and lies neither in DATA_DIR
// nor beside the archives, so that neither a lost disk folder nor a copied archive takes it along. Both are those of
// the age format, so that an archive can also be opened with the `age` program and without this product.

import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { Decrypter, Encrypter, generateX25519Identity, identityToRecipient } from 'age-encryption';
import { StartProblem } from '../problem.ts';
import { writePrivately } from '../secrets.ts';
import type { Settings } from '../settings.ts';
import { backupKeyFile } from './places.ts';

type KeySettings = Pick<
	Settings,
	'DATA_DIR' | 'BACKUP_PASSPHRASE' | 'BACKUP_KEY_FILE' | 'BACKUP_RECIPIENT'
>;

/** The private key in a key file; lines that begin with # are remarks. */
function readIdentity(path: string): string {
	const line = readFileSync(path, 'utf8')
		.split('\n')
		.find((text) => text.startsWith('AGE-SECRET-KEY-'));
	if (line) return line.trim();
	throw new StartProblem(`${path} holds no backup key: put the right file back from your copy.`);
}

/**
 * What seals a new backup.
 * @returns how to say to a person what opens it
 */
export async function makeEncrypter(
	settings: KeySettings
): Promise<{ encrypter: Encrypter; opens: string }> {
	const encrypter = new Encrypter();
	const { BACKUP_PASSPHRASE, BACKUP_RECIPIENT } = settings;
	if (BACKUP_PASSPHRASE) {
		encrypter.setPassphrase(BACKUP_PASSPHRASE);
		return { encrypter, opens: 'the passphrase in BACKUP_PASSPHRASE' };
	}
	if (BACKUP_RECIPIENT) {
		encrypter.addRecipient(BACKUP_RECIPIENT);
		return { encrypter, opens: `the private key of ${BACKUP_RECIPIENT}` };
	}
	const path = backupKeyFile(settings);
	if (!existsSync(path)) {
		mkdirSync(dirname(path), { recursive: true });
		const identity = await generateX25519Identity();
		writePrivately(
			path,
			`# Opens the backups of Lắng Nghe. Keep a copy in another place: without it nobody can open them.\n` +
				`# public key: ${await identityToRecipient(identity)}\n${identity}\n`
		);
	}
	encrypter.addRecipient(await identityToRecipient(readIdentity(path)));
	return {
		encrypter,
		opens: `the key in ${path} (keep a copy elsewhere: without it nobody can open it)`
	};
}

/**
 * What opens a backup: everything that is at hand is tried.
 * @throws StartProblem when nothing is
 */
export function makeDecrypter(settings: KeySettings): Decrypter {
	const decrypter = new Decrypter();
	const { BACKUP_PASSPHRASE } = settings;
	const path = backupKeyFile(settings);
	if (BACKUP_PASSPHRASE) decrypter.addPassphrase(BACKUP_PASSPHRASE);
	if (existsSync(path)) decrypter.addIdentity(readIdentity(path));
	else if (!BACKUP_PASSPHRASE) {
		throw new StartProblem(
			`There is no key to open a backup with: set BACKUP_PASSPHRASE, or BACKUP_KEY_FILE to your copy of the key file (${path} does not exist).`
		);
	}
	return decrypter;
}
