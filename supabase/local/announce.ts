// What `npm start` prints when the door is open: addresses, accounts, and one service point as a QR code
// that a phone on the same network can scan from the terminal.

import { existsSync, readFileSync } from 'node:fs';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import qrcode from 'qrcode';

/** DATA_DIR/demo.json (docs/operations.md). */
export interface DemoFile {
	url: string;
	servicePoints: { unit: string; label: string; url: string }[];
	accounts: { role: string; unit: string; email: string; password: string }[];
}

export function readDemo(dataDir: string): DemoFile | undefined {
	const path = join(dataDir, 'demo.json');
	return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as DemoFile) : undefined;
}

/** Addresses under which phones on the same network reach this machine. */
function lanAddresses(): string[] {
	return Object.entries(networkInterfaces())
		.filter(([name]) => !/^(docker|br-|veth|virbr|tun|wg)/.test(name))
		.flatMap(([, list]) => list ?? [])
		.filter(({ family, internal }) => family === 'IPv4' && !internal)
		.map(({ address }) => address);
}

/** The address that is printed first and written into demo.json. */
export function localUrl(port: number, origin?: string): string {
	return origin ?? `http://localhost:${port}`;
}

/** Prints everything; `seconds` is the time from the start to the open door. */
export async function announce(options: {
	port: number;
	host: string;
	origin: string | undefined;
	dataDir: string;
	demo: boolean;
	embedded: boolean;
	/** One-time link for the first administrator, while there is no member. */
	setupLink: string | undefined;
	/** Whether mail is caught and shown on a page. */
	mailbox: boolean;
	seconds: number;
}): Promise<void> {
	const { port, host, origin, dataDir, demo, embedded, setupLink, mailbox, seconds } = options;
	const onLan = !origin && (host === '0.0.0.0' || host === '::');
	const lan = onLan ? lanAddresses().map((address) => `http://${address}:${port}`) : [];
	const lines = [`\nLắng Nghe is ready after ${seconds.toFixed(1)} s.\n`];
	lines.push(`  Here      ${localUrl(port, origin)}`);
	for (const address of lan) lines.push(`  Network   ${address}`);
	lines.push(`  Figures   ${localUrl(port, origin)}/results`);
	const file = demo ? readDemo(dataDir) : undefined;
	const accounts = file?.accounts ?? [];
	for (const { role, unit, email, password } of accounts) {
		lines.push(`  Account   ${role}, ${unit}: ${email}  ${password}`);
	}
	if (accounts.length > 0) lines.push(`  Sign in   ${localUrl(port, origin)}/sign-in`);
	if (mailbox) lines.push(`  Mailbox   ${localUrl(port, origin)}/mailbox (mail goes nowhere else)`);
	if (setupLink) {
		lines.push(
			'  Set up    open this link once, within 7 days, to become the first administrator:'
		);
		lines.push(`            ${setupLink}`);
	}
	if (embedded) lines.push(`  Data      ${dataDir}`);
	lines.push('  Stop      Ctrl-C');
	console.log(lines.join('\n'));

	const point = file?.servicePoints[0];
	if (!point) return;
	const address = new URL(new URL(point.url).pathname, lan[0] ?? localUrl(port, origin)).href;
	console.log(`\nScan to answer as a citizen at ${point.label} (${point.unit}):\n${address}\n`);
	console.log(await qrcode.toString(address, { type: 'terminal', small: true }));
}
