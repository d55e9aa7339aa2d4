// Many citizens at once, as cheap as a client can be: 64 connections that open a form, post it, and begin again.

import { connect, type Socket } from 'node:net';

const HEAD_END = Buffer.from('\r\n\r\n');
const CHUNKS_END = Buffer.from('0\r\n\r\n');

/**
 * One kept-alive connection, over a bare socket: node's own HTTP client costs half as much processor as the app that
 * it measures, and on two cores takes it from the database.
 */
class Connection {
	private readonly socket: Socket;
	private readonly host: string;
	private parts: Buffer[] = [];
	private size = 0;
	/** Bytes of the whole answer; 0 until its head is read, Infinity while only chunks tell. */
	private expected = 0;
	private settle: { resolve: (answer: Buffer) => void; reject: (error: Error) => void } | undefined;

	constructor(url: URL) {
		this.host = url.host;
		this.socket = connect(Number(url.port || 80), url.hostname);
		this.socket.setNoDelay(true);
		this.socket.on('data', (part) => this.#take(part));
		this.socket.on('error', (error) => this.settle?.reject(error));
		this.socket.on('close', () => this.settle?.reject(new Error('connection closed')));
	}

	#take(part: Buffer): void {
		this.parts.push(part);
		this.size += part.length;
		if (this.expected === 0) {
			const whole = Buffer.concat(this.parts);
			this.parts = [whole];
			const end = whole.indexOf(HEAD_END);
			if (end < 0) return;
			const length = /\r\ncontent-length: (\d+)/i.exec(whole.toString('latin1', 0, end))?.[1];
			this.expected = length === undefined ? Infinity : end + HEAD_END.length + Number(length);
		}
		const isWhole =
			this.expected === Infinity
				? part.subarray(-CHUNKS_END.length).equals(CHUNKS_END)
				: this.size >= this.expected;
		if (!isWhole) return;
		const answer = this.parts.length === 1 ? this.parts[0]! : Buffer.concat(this.parts);
		this.parts = [];
		this.size = 0;
		this.expected = 0;
		this.settle?.resolve(answer);
	}

	/** Sends one request and resolves to the answer, head and body. */
	send(method: string, path: string, headers = '', body = ''): Promise<Buffer> {
		const length = body ? `content-length: ${Buffer.byteLength(body)}\r\n` : '';
		return new Promise((resolve, reject) => {
			this.settle = { resolve, reject };
			this.socket.write(
				`${method} ${path} HTTP/1.1\r\nhost: ${this.host}\r\naccept: text/html\r\n${headers}${length}\r\n${body}`
			);
		});
	}

	close(): void {
		this.settle = undefined;
		this.socket.destroy();
	}
}

const isOk = (answer: Buffer) => answer.toString('latin1', 9, 12) === '200';

const TICKET = Buffer.from('name="ticket" value="');

/** Repeats GET, POST, thanks on one connection until `end`; resolves to how many answers were thanked for. */
async function keepAnswering(url: URL, end: number, failures: string[]): Promise<number> {
	const connection = new Connection(url);
	let done = 0;
	try {
		while (performance.now() < end) {
			const form = await connection.send('GET', url.pathname);
			const at = form.indexOf(TICKET) + TICKET.length;
			if (!isOk(form) || at < TICKET.length) {
				failures.push(form.toString('latin1', 0, 12));
				continue;
			}
			const ticket = form.toString('latin1', at, form.indexOf('"', at));
			const thanks = await connection.send(
				'POST',
				url.pathname,
				'content-type: application/x-www-form-urlencoded\r\n',
				`ticket=${encodeURIComponent(ticket)}&S0=4&B0=5&C0=4&D0=3&H1=1`
			);
			if (isOk(thanks)) done++;
			else failures.push(thanks.toString('latin1', 0, 12));
		}
	} catch (error) {
		failures.push((error as Error).message);
	} finally {
		connection.close();
	}
	return done;
}

/** Complete answers per second: GET the form, POST it back, wait for the thanks. */
export async function answersPerSecond(
	formUrl: string,
	seconds: number,
	connections = 64
): Promise<number> {
	const url = new URL(formUrl);
	const began = performance.now();
	const failures: string[] = [];
	const done = await Promise.all(
		Array.from({ length: connections }, () => keepAnswering(url, began + seconds * 1000, failures))
	);
	if (failures.length > 0) console.log(`  (${failures.length} failed: ${failures[0]})`);
	return done.reduce((sum, count) => sum + count, 0) / ((performance.now() - began) / 1000);
}
