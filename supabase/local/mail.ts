// How mail leaves this installation: by SMTP_URL; caught in DATA_DIR/mailbox (development and the demo without
// SMTP_URL); or not at all. Knows addresses and passwords of the mail server, hands them to lite and the worker only.

import { join } from 'node:path';
import type { Settings } from './settings.ts';

export interface Mail {
	/** smtp:// or smtps:// with user and password; undefined when no mail goes out. */
	url: string | undefined;
	/** Sender as one writes it: `Name <address>` or the address alone. */
	from: string;
	/** A certificate to trust besides the machine's own. */
	caFile?: string;
	/** Where the catcher puts what it catches. */
	mailbox?: string;
}

/** Nothing listens on port 9: mail is refused at once instead of being printed with its secrets into a log. */
const NOWHERE = 'smtp://nobody:nothing@127.0.0.1:9';
const DEFAULT_FROM = 'Lắng Nghe <langnghe@localhost.localdomain>';

/** Mail by the settings alone; the catcher is added by whoever starts it. */
export function mailBySettings({ SMTP_URL, MAIL_FROM }: Settings): Mail {
	return { url: SMTP_URL, from: MAIL_FROM ?? DEFAULT_FROM };
}

/** Whether a catcher is wanted: never where real people work. */
export function wantsCatcher(settings: Settings, dev: boolean, demo: boolean): boolean {
	return !settings.SMTP_URL && !settings.SUPABASE_URL && (dev || demo);
}

export const mailboxFolder = (dataDir: string): string => join(dataDir, 'mailbox');

/** `Name <address>` taken apart. */
export function senderParts(from: string): { name: string; address: string } {
	const match = /^\s*"?([^"<]*?)"?\s*<([^>]+)>\s*$/.exec(from);
	return match
		? { name: match[1] ?? '', address: match[2] ?? '' }
		: { name: '', address: from.trim() };
}

/** The section of lite's configuration. Its SMTP driver always signs in and always wants STARTTLS or TLS. */
export function smtpSection({ url, from }: Mail): string {
	const { protocol, hostname, port, username, password } = new URL(url ?? NOWHERE);
	const { name, address } = senderParts(from);
	const number = port || (protocol === 'smtps:' ? '465' : '587');
	return `[auth.email.smtp]
enabled = true
host = ${JSON.stringify(hostname)}
port = ${number}
user = ${JSON.stringify(decodeURIComponent(username) || 'nobody')}
pass = ${JSON.stringify(decodeURIComponent(password) || 'nothing')}
admin_email = ${JSON.stringify(address)}
sender_name = ${JSON.stringify(name || 'Lắng Nghe')}
`;
}
