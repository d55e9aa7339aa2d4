/**
 * What the mail catcher has caught (development and the demo only: MAILBOX_DIR is set by `npm start`
 * there and nowhere else), and only for somebody at the machine itself: the mails hold links that
 * open accounts. Everywhere else these pages do not exist.
 */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { error, type RequestEvent } from '@sveltejs/kit';
import PostalMime from 'postal-mime';
import { env } from '$lib/server/env';

const NAME = /^\d{13}-[0-9a-f]{8}\.eml$/;
const LOOPBACK = /^(127\.|::1$|::ffff:127\.)/;
const MOST = 50;

export interface CaughtMail {
	name: string;
	at: Date;
	to: string;
	subject: string;
	text: string;
	links: string[];
}

function folder(event: RequestEvent): string {
	const { MAILBOX_DIR } = env();
	if (!MAILBOX_DIR || !LOOPBACK.test(event.getClientAddress())) error(404, 'Not Found');
	return MAILBOX_DIR;
}

async function parse(path: string, name: string): Promise<CaughtMail> {
	const { to, subject, text, html } = await PostalMime.parse(await readFile(join(path, name)));
	const links = new Set(
		[...(html ?? '').matchAll(/href="([^"]+)"/g)].map((match) =>
			(match[1] ?? '').replaceAll('&amp;', '&')
		)
	);
	return {
		name,
		at: new Date(Number(name.slice(0, 13))),
		to: (to ?? []).map(({ address }) => address ?? '').join(', '),
		subject: subject ?? '',
		text: html ? plain(html) : (text ?? ''),
		links: [...links]
	};
}

const plain = (html: string) =>
	html
		.replace(/<(br|\/p|\/div)[^>]*>/g, '\n')
		.replace(/<[^>]+>/g, '')
		.replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)))
		.replaceAll('&amp;', '&')
		.replace(/[\t ]+/g, ' ')
		.replace(/\s*\n\s*/g, '\n')
		.trim();

/** The newest mails first. */
export async function list(event: RequestEvent): Promise<CaughtMail[]> {
	const path = folder(event);
	const names = (await readdir(path)).filter((name) => NAME.test(name)).sort();
	return Promise.all(
		names
			.slice(-MOST)
			.reverse()
			.map((name) => parse(path, name))
	);
}

export async function read(event: RequestEvent, name: string): Promise<CaughtMail> {
	const path = folder(event);
	if (!NAME.test(name)) error(404, 'Not Found');
	return parse(path, name).catch(() => error(404, 'Not Found'));
}
