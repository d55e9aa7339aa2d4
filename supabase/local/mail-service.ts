// Starts the mail catcher as a service, with a certificate of its own: lite sends mail over STARTTLS only and checks
// the certificate, so a fresh one is made for this folder and lite is told to trust it.

import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { X509Certificate } from 'node:crypto';
import selfsigned from 'selfsigned';
import { mailboxFolder, type Mail } from './mail.ts';
import { answers, freePort } from './ports.ts';
import { writePrivately } from './secrets.ts';
import { Service } from './service.ts';

const DAY_MS = 86_400_000;
const here = dirname(fileURLToPath(import.meta.url));

/** A certificate for `localhost`, valid for a year and renewed a month before; resolves to its file. */
async function certificateFile(folder: string): Promise<string> {
	const caFile = join(folder, 'certificate.pem');
	if (existsSync(caFile)) {
		const { validTo } = new X509Certificate(readFileSync(caFile));
		if (Date.parse(validTo) - Date.now() > 30 * DAY_MS) return caFile;
	}
	const made = await selfsigned.generate([{ name: 'commonName', value: 'localhost' }], {
		keyType: 'ec',
		algorithm: 'sha256',
		notAfterDate: new Date(Date.now() + 365 * DAY_MS),
		extensions: [
			{ name: 'basicConstraints', cA: true },
			{
				name: 'subjectAltName',
				altNames: [
					{ type: 2, value: 'localhost' },
					{ type: 7, ip: '127.0.0.1' }
				]
			}
		]
	});
	writePrivately(
		join(folder, 'certificate.json'),
		JSON.stringify({ key: made.private, cert: made.cert })
	);
	writeFileSync(caFile, made.cert);
	return caFile;
}

/** The service and how lite and the worker reach it. */
export async function mailCatcher(
	dataDir: string,
	from: string,
	folders: { logs: string; run: string }
): Promise<{ service: Service; mail: Mail }> {
	const mailbox = mailboxFolder(dataDir);
	mkdirSync(mailbox, { recursive: true, mode: 0o700 });
	const caFile = await certificateFile(mailbox);
	const port = await freePort();
	const service = new Service({
		title: 'The mail catcher',
		port,
		command: process.execPath,
		args: [join(here, 'mail-catcher.ts'), mailbox, String(port)],
		env: { ...process.env, NODE_ENV: 'production' },
		cwd: dataDir,
		logFile: join(folders.logs, 'mail.log'),
		pidFile: join(folders.run, 'mail.pid'),
		isReady: () => answers(port),
		stopSignals: [
			['SIGTERM', 2000],
			['SIGKILL', 2000]
		]
	});
	return {
		service,
		mail: { url: `smtp://anybody:anything@localhost:${port}`, from, caFile, mailbox }
	};
}
