// A process of its own that does what the web process does with an uploaded survey: reads the file and stages its rows
// chunk by chunk. Prints as JSON the import's id, how long it took and the most memory it ever had.

import { readFileSync } from 'node:fs';
import { readAnswers, type AnswerRow } from '../../src/lib/exchange/answer-table.ts';
import { readTable } from '../../src/lib/exchange/table-file.ts';

const [file, api, key, token, unit] = process.argv.slice(2) as [
	string,
	string,
	string,
	string,
	string
];

async function rpc(name: string, body: unknown): Promise<unknown> {
	const answer = await fetch(`${api}/rest/v1/rpc/${name}`, {
		method: 'POST',
		headers: { apikey: key, authorization: `Bearer ${token}`, 'content-type': 'application/json' },
		body: JSON.stringify(body)
	});
	const text = await answer.text();
	if (!answer.ok) throw new Error(`${name} answered ${answer.status}: ${text}`);
	return text ? JSON.parse(text) : undefined;
}

const began = performance.now();
const { columns, rows } = await readAnswers(readTable(readFileSync(file)));
const id = await rpc('start_import', {
	...{ p_unit: unit, p_kind: 'answers', p_file: 'survey.xlsx', p_columns: columns }
});
const stage = (items: AnswerRow[], last: boolean) =>
	rpc('stage_import', { p_import: id, p_rows: { items }, p_last: last });
let chunk: AnswerRow[] = [];
let count = 0;
for await (const row of rows) {
	if (chunk.length === 1000) {
		await stage(chunk, false);
		chunk = [];
	}
	chunk.push(row);
	count++;
}
await stage(chunk, true);
const ms = performance.now() - began;
console.log(JSON.stringify({ id, rows: count, ms, peakKb: process.resourceUsage().maxRSS }));
