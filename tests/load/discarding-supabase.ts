// A Supabase that stores nothing: forms come from the real one (and are remembered), answers are thanked for and
// thrown away. An app that talks to it does everything that ours does, parsing, checking and batching included,
// except storing: the twin to measure against. A process of its own with REAL_URL, REAL_KEY, PORT.

import { createServer } from 'node:http';

const { REAL_URL = '', REAL_KEY = '', PORT = '0' } = process.env;
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

createServer((request, response) => {
	const chunks: Buffer[] = [];
	request.on('data', (chunk: Buffer) => chunks.push(chunk));
	request.on('end', () => {
		const body = Buffer.concat(chunks).toString('utf8');
		const path = request.url ?? '';
		response.setHeader('content-type', 'application/json');
		if (path.endsWith('/submit_responses')) {
			const { batch } = JSON.parse(body) as { batch: { items: unknown[] } };
			response.end(JSON.stringify({ results: batch.items.map(() => 'recorded') }));
			return;
		}
		ask(path, body).then(
			(text) => response.end(text),
			() => response.writeHead(503).end('{}')
		);
	});
}).listen(Number(PORT), '127.0.0.1');
