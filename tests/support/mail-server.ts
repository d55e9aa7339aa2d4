// A real mail server for tests: takes mail over STARTTLS with a certificate that the product is told to trust, and
// can be closed to see what happens when mail is down.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import PostalMime from 'postal-mime';
import selfsigned from 'selfsigned';
import { SMTPServer } from 'smtp-server';
import { freePort } from '../../supabase/local/ports.ts';

export interface ReceivedMail {
	to: string;
	subject: string;
	text: string;
	html: string;
}

export class MailServer {
	readonly mails: ReceivedMail[] = [];
	private readonly server: SMTPServer;
	private readonly port: number;
	private readonly folder: string;

	private constructor(server: SMTPServer, port: number, folder: string) {
		this.server = server;
		this.port = port;
		this.folder = folder;
	}

	static async start(): Promise<MailServer> {
		const folder = mkdtempSync(join(tmpdir(), 'lang-nghe-mail-'));
		const made = await selfsigned.generate([{ name: 'commonName', value: 'localhost' }], {
			keyType: 'ec',
			algorithm: 'sha256',
			extensions: [
				{ name: 'basicConstraints', cA: true },
				{ name: 'subjectAltName', altNames: [{ type: 2, value: 'localhost' }] }
			]
		});
		writeFileSync(join(folder, 'ca.pem'), made.cert);
		const port = await freePort();
		const holder: { self?: MailServer } = {};
		const server = new SMTPServer({
			key: made.private,
			cert: made.cert,
			disableReverseLookup: true,
			onAuth: ({ username, password }, _session, done) =>
				username === 'langnghe' && password === 'secret words'
					? done(null, { user: username })
					: done(new Error('no')),
			onData: (stream, session, done) => {
				const chunks: Buffer[] = [];
				stream.on('data', (chunk: Buffer) => chunks.push(chunk));
				stream.on('end', () => {
					void PostalMime.parse(Buffer.concat(chunks)).then(({ subject, text, html }) => {
						holder.self?.mails.push({
							to: session.envelope.rcptTo.map(({ address }) => address).join(),
							...{ subject: subject ?? '', text: text ?? '', html: html ?? '' }
						});
						done();
					});
				});
			}
		});
		await new Promise<void>((ready) => void server.listen(port, '127.0.0.1', ready));
		return (holder.self = new MailServer(server, port, folder));
	}

	/** What the product needs to send through it. */
	env(): Record<string, string> {
		return {
			SMTP_URL: `smtp://langnghe:secret%20words@localhost:${this.port}`,
			MAIL_FROM: 'Lắng Nghe <langnghe@example.vn>',
			NODE_EXTRA_CA_CERTS: join(this.folder, 'ca.pem')
		};
	}

	/** The first mail to this address after `after` others. */
	async waitFor(to: string, after = 0, patience = 30_000): Promise<ReceivedMail> {
		for (const end = Date.now() + patience; Date.now() < end; await sleep(100)) {
			const found = this.mails.filter((mail) => mail.to === to)[after];
			if (found) return found;
		}
		throw new Error(`No mail came for ${to}; ${this.mails.length} for others.`);
	}

	async close(): Promise<void> {
		await new Promise<void>((closed) => this.server.close(closed));
		rmSync(this.folder, { recursive: true, force: true });
	}
}

/** The first link of a mail whose address contains `part`. */
export function linkIn({ html }: ReceivedMail, part: string): string {
	const links = [...html.matchAll(/href="([^"]+)"/g)].map(([, link]) =>
		link!.replaceAll('&amp;', '&')
	);
	const found = links.find((link) => link.includes(part));
	if (!found) throw new Error(`no link with ${part} among ${links.join(' ')}`);
	return found;
}
