// Many citizens at once, as cheap as a client can be: 64 connections that open a form, post it, and begin again.

import { Agent, request } from 'node:http';

type Headers = Record<string, string>;

function send(
	agent: Agent,
	url: URL,
	method: string,
	headers: Headers,
	body?: string
): Promise<{ status: number; text: string }> {
	return new Promise((resolve, reject) => {
		const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) };
		const { hostname, port, pathname: path } = url;
		request(
			{ agent, hostname, port, path, method, headers: { ...headers, ...length } },
			(answer) => {
				const chunks: Buffer[] = [];
				answer.on('data', (chunk: Buffer) => chunks.push(chunk));
				answer.on('end', () =>
					resolve({ status: answer.statusCode ?? 0, text: Buffer.concat(chunks).toString('utf8') })
				);
			}
		)
			.on('error', reject)
			.end(body);
	});
}

/** Repeats `once` on so many connections for so long; resolves to how often per second it succeeded. */
async function perSecond(
	connections: number,
	seconds: number,
	once: (agent: Agent) => Promise<boolean>
): Promise<number> {
	const agent = new Agent({ keepAlive: true, maxSockets: connections });
	const began = performance.now();
	const end = began + seconds * 1000;
	let done = 0;
	const failures: string[] = [];
	const loop = async () => {
		while (performance.now() < end) {
			try {
				if (await once(agent)) done++;
				else failures.push('refused');
			} catch (error) {
				failures.push((error as Error).message);
			}
		}
	};
	await Promise.all(Array.from({ length: connections }, loop));
	agent.destroy();
	if (failures.length > 0) console.log(`  (${failures.length} failed: ${failures[0]})`);
	return done / ((performance.now() - began) / 1000);
}

/** Complete answers per second: GET the form, POST it back, wait for the thanks. */
export function answersPerSecond(
	formUrl: string,
	seconds: number,
	connections = 64
): Promise<number> {
	const url = new URL(formUrl);
	const form = { 'content-type': 'application/x-www-form-urlencoded', accept: 'text/html' };
	return perSecond(connections, seconds, async (agent) => {
		const opened = await send(agent, url, 'GET', { accept: 'text/html' });
		const ticket = /name="ticket" value="([^"]+)"/.exec(opened.text)?.[1];
		if (opened.status !== 200 || !ticket) return false;
		const body = new URLSearchParams({
			ticket,
			S0: '4',
			B0: '5',
			C0: '4',
			D0: '3',
			H1: '1'
		}).toString();
		return (await send(agent, url, 'POST', form, body)).status === 200;
	});
}
