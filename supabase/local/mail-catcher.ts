// The mail server of development and the demo: takes every mail and puts it as a file into a folder, where the page
// /mailbox shows it. Listens on the loopback address only. A process of its own; started by mail-service.ts.

import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SMTPServer } from 'smtp-server';

/** Older mail is thrown away. */
const MOST_MAILS = 200;

const [folder = '', port = ''] = process.argv.slice(2);
mkdirSync(folder, { recursive: true, mode: 0o700 });
const { key, cert } = JSON.parse(readFileSync(join(folder, 'certificate.json'), 'utf8')) as {
	key: string;
	cert: string;
};

function keep(mail: Buffer): void {
	const name = `${Date.now()}-${crypto.randomUUID().slice(0, 8)}.eml`;
	writeFileSync(join(folder, `${name}.part`), mail, { mode: 0o600 });
	renameSync(join(folder, `${name}.part`), join(folder, name));
	const mails = readdirSync(folder)
		.filter((file) => file.endsWith('.eml'))
		.sort();
	for (const old of mails.slice(0, -MOST_MAILS)) rmSync(join(folder, old), { force: true });
}

const server = new SMTPServer({
	key,
	cert,
	authOptional: true,
	disableReverseLookup: true,
	size: 5 * 1024 * 1024,
	onAuth: (_auth, _session, done) => done(null, { user: 'anybody' }),
	onData: (stream, _session, done) => {
		const chunks: Buffer[] = [];
		stream.on('data', (chunk: Buffer) => chunks.push(chunk));
		stream.on('end', () => {
			keep(Buffer.concat(chunks));
			done();
		});
	}
});
server.on('error', (error) => console.error(error.message));
server.listen(Number(port), '127.0.0.1');

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
	process.once(signal, () => server.close(() => process.exit(0)));
}
