// Past answers from Excel: 100,000 rows against 10,000, in one product. Memory stays flat (the reading process has at
// most 1.5 times as much at its peak) and a row costs the same (at most twice), uploaded, judged and recorded.

import { execFile } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { strToU8, unzipSync, zipSync } from 'fflate';
import writeXlsxFile from 'write-excel-file/node';
import { ROOT, withDatabase } from '../../supabase/local/migrations.ts';
import { temporaryFolder } from '../../supabase/local/throwaway.ts';
import { foundOffice, joinOffice } from '../support/office.ts';
import type { Product } from '../support/product.ts';
import type { Report } from './report.ts';

const SMALL = 10_000;
const LARGE = 100_000;
const HEADING = ['Ngày', 'Nơi', 'S0', 'B1', 'B2', 'B3', 'C1', 'C2', 'D1', 'D2'];
const WORDS = ['Rất hài lòng', 'Hài lòng', 'Bình thường', 'Không hài lòng', 'Rất không hài lòng'];

/** A survey as Excel saves it: texts shared, days as text. Its rows are written by hand, for speed. */
async function survey(rows: number): Promise<Uint8Array> {
	const cell = (value: string) => ({ value, type: String });
	const shell = await writeXlsxFile([
		{ sheet: 'Phiếu', data: [HEADING.map(cell), WORDS.map(cell)] }
	]).toBuffer();
	const files = unzipSync(new Uint8Array(shell));
	const name = Object.keys(files).find((one) => one.endsWith('sheet1.xml'))!;
	const sheet = new TextDecoder().decode(files[name]);
	const text = (value: string) => `<c t="inlineStr"><is><t>${value}</t></is></c>`;
	const lines = Array.from({ length: rows }, (_, n) => {
		const day = `${1 + (n % 28)}/${1 + (n % 12)}/${2022 + (n % 3)}`;
		const levels = HEADING.slice(2).map((_, at) => text(WORDS[(n * 7 + at * 3) % 5]!));
		return `<row>${text(day)}${text('Quầy 1')}${levels.join('')}</row>`;
	});
	const heading = `<row>${HEADING.map(text).join('')}</row>`;
	const data = `<sheetData>${heading}${lines.join('')}</sheetData>`;
	files[name] = strToU8(sheet.replace(/<sheetData>.*<\/sheetData>/s, () => data));
	return zipSync(files);
}

interface Measured {
	rows: number;
	peakKb: number;
	uploadMs: number;
	judgeMs: number;
	recordMs: number;
}

async function measure(product: Product, rows: number, folder: string): Promise<Measured> {
	const office = await foundOffice(product, `Cơ quan đo ${rows}`, 'nine');
	const who = await joinOffice(product, office, 'administrator');
	const point = await withDatabase(product.databaseUrl, async (client) => {
		const made = await client.query<{ id: string }>(
			`select private.put_point($1, null, $2) as id`,
			[office.id, JSON.stringify({ unit_id: office.id, labels: { vi: 'Quầy 1' }, code: 'Q1' })]
		);
		return made.rows[0]!.id;
	});
	const post = async (path: string, body: unknown, bearer?: string) => {
		const answer = await fetch(`${product.apiUrl}${path}`, {
			method: 'POST',
			headers: {
				apikey: product.publishableKey,
				'content-type': 'application/json',
				...(bearer ? { authorization: `Bearer ${bearer}` } : {})
			},
			body: JSON.stringify(body)
		});
		const text = await answer.text();
		if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${text}`);
		return (text ? JSON.parse(text) : {}) as Record<string, unknown>;
	};
	const session = await post('/auth/v1/token?grant_type=password', {
		email: who.email,
		password: who.password
	});
	const token = String(session.access_token);
	const rpc = (name: string, body: unknown) => post(`/rest/v1/rpc/${name}`, body, token);

	const file = join(folder, `${rows}.xlsx`);
	writeFileSync(file, await survey(rows));
	const child = join(ROOT, 'tests/load/import-upload.ts');
	// A heap that garbage cannot fill at leisure: the peak then tells what reading needs, and too little would end it.
	const limit = '--max-old-space-size=48';
	const args = [
		limit,
		'--max-semi-space-size=4',
		child,
		file,
		product.apiUrl,
		product.publishableKey,
		token,
		office.id
	];
	// Waiting without blocking: what a connection of ours hears meanwhile (that it was closed) must reach it.
	const { stdout } = await promisify(execFile)(process.execPath, args, { encoding: 'utf8' });
	const upload = JSON.parse(stdout) as { id: string; rows: number; ms: number; peakKb: number };
	if (upload.rows !== rows) throw new Error(`${upload.rows} rows were read instead of ${rows}`);

	const p_import = upload.id;
	const { in_force } = await rpc('import_choices', { p_unit: office.id });
	const items = Object.fromEntries(HEADING.slice(2).map((code, at) => [code, at + 2]));
	await rpc('save_import_columns', {
		p_import,
		p_columns: {
			...{ version_id: in_force, items, place: { column: 1 } },
			date: { column: 0, format: 'dmy' }
		}
	});
	const levels = Object.fromEntries(WORDS.map((word, at) => [word, 5 - at]));
	let began = performance.now();
	await rpc('save_import_values', {
		p_import,
		p_values: { levels, points: { 'Quầy 1': point } }
	});
	while (!(await rpc('check_import_chunk', { p_import })).done);
	const judgeMs = performance.now() - began;
	await rpc('queue_import', { p_import, p_skip: false });
	began = performance.now();
	for (;;) {
		const { state, summary } = await rpc('read_import', { p_import });
		if (state === 'applied') {
			const { recorded } = summary as { recorded: number };
			if (recorded !== rows) {
				throw new Error(`${recorded} answers were recorded instead of ${rows}`);
			}
			break;
		}
		await sleep(100);
	}
	const recordMs = performance.now() - began;
	return { rows, peakKb: upload.peakKb, uploadMs: upload.ms, judgeMs, recordMs };
}

/** Prints both measurements and the ratios of peak memory and of time per row. */
export async function benchImport(product: Product, report: Report): Promise<void> {
	report.heading(`Past answers from Excel: ${LARGE} rows against ${SMALL}`);
	const folder = temporaryFolder();
	try {
		await measure(product, 1000, folder);
		const small = await measure(product, SMALL, folder);
		const large = await measure(product, LARGE, folder);
		for (const one of [small, large]) {
			report.raw(
				`${one.rows} rows: upload, judging, recording; peak memory`,
				`${[one.uploadMs, one.judgeMs, one.recordMs].map((ms) => `${(ms / 1000).toFixed(1)} s`).join(', ')}; ${Math.round(one.peakKb / 1024)} MB`
			);
		}
		const perRow = ({ uploadMs, judgeMs, recordMs, rows }: Measured) =>
			(uploadMs + judgeMs + recordMs) / rows;
		report.target('peak memory of reading, large ÷ small', large.peakKb / small.peakKb, {
			atMost: 1.5
		});
		report.target('time per row, large ÷ small', perRow(large) / perRow(small), { atMost: 2 });
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}
