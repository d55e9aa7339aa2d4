// Stands in front of the real Supabase for a comparison. A process of its own with REAL_URL, REAL_KEY, PORT, MODE:
//   discard  forms come from the real one (and are remembered), answers are thanked for and thrown away: an app that
//            talks to it does everything that ours does, parsing, checking and batching included, except storing
//   single   every answer of a batch becomes a call and a transaction of its own: what there would be without batches

import { Agent, createServer, request as call } from 'node:http';

const { REAL_URL = '', REAL_KEY = '', PORT = '0', MODE = 'discard' } = process.env;
const agent = new Agent({ keepAlive: true, maxSockets: 64 });
const remembered = new Map<string, string>();

async function ask(path: string, body: string): Promise<string> {
	const known = remembered.get(path + body);
	if (known) return known;
	const headers = { apikey: REAL_KEY, 'content-type': 'application/json' };
	const answer = await fetch(REAL_URL + path, { method: 'POST', headers, body });
	const text = await answer.text();
	if (answer.ok) remembered.set(path + body, text);
	return text;
}

/** Stores one answer; resolves to its fate. */
function storeOne(path: string, item: unknown): Promise<string> {
	const body = JSON.stringify({ batch: { items: [item] } });
	const headers = {
		apikey: REAL_KEY,
		'content-type': 'application/json',
		'content-length': Buffer.byteLength(body)
	};
	return new Promise((resolve, reject) => {
		call(REAL_URL + path, { agent, method: 'POST', headers }, (answer) => {
			let text = '';
			answer.on('data', (chunk: Buffer) => (text += chunk.toString()));
			answer.on('end', () => {
				if (answer.statusCode === 200) {
					resolve((JSON.parse(text) as { results: string[] }).results[0] ?? '');
				} else reject(new Error(text));
			});
		})
			.on('error', reject)
			.end(body);
	});
}

async function submit(path: string, body: string): Promise<string> {
	const { batch } = JSON.parse(body) as { batch: string };
	const { items } = JSON.parse(batch) as { items: unknown[] };
	const results =
		MODE === 'discard'
			? items.map(() => 'recorded')
			: await Promise.all(items.map((item) => storeOne(path, item)));
	return JSON.stringify({ results });
}

createServer((request, response) => {
	const chunks: Buffer[] = [];
	request.on('data', (chunk: Buffer) => chunks.push(chunk));
	request.on('end', () => {
		const body = Buffer.concat(chunks).toString('utf8');
		const path = request.url ?? '';
		response.setHeader('content-type', 'application/json');
		const answered = path.endsWith('/submit_responses') ? submit(path, body) : ask(path, body);
		answered.then(
			(text) => response.end(text),
			() => response.writeHead(503).end('{}')
		);
	});
}).listen(Number(PORT), '127.0.0.1');
