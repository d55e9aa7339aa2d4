// Runs every pgTAP file of supabase/tests and reports each of its lines as a test of its own. A file is one
// transaction that is rolled back, so all of them share one database.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PGlite } from '@electric-sql/pglite';
import { afterAll, describe, expect, test } from 'vitest';
import { ROOT } from '../../supabase/local/migrations.ts';
import { freshDatabase } from '../support/pglite.ts';

const folder = join(ROOT, 'supabase/tests');

interface Line {
	ok: boolean;
	name: string;
	/** What pgTAP says under a failed line. */
	detail: string;
}

interface Report {
	planned: number | undefined;
	lines: Line[];
	error: string | undefined;
}

/** The file with what it includes (psql's \\ir). */
function textOf(file: string): string {
	return readFileSync(join(folder, file), 'utf8').replace(/^\\ir (\S+)$/gm, (_, path: string) =>
		textOf(path)
	);
}

/** Everything that the statements of the file returned as text, in order. */
function outputOf(results: { rows: Record<string, unknown>[] }[]): string[] {
	return results
		.flatMap(({ rows }) => rows.flatMap((row) => Object.values(row)))
		.filter((value) => typeof value === 'string')
		.flatMap((value) => value.split('\n'));
}

function parse(output: string[]): Pick<Report, 'planned' | 'lines'> {
	let planned: number | undefined;
	const lines: Line[] = [];
	for (const line of output) {
		const plan = /^1\.\.(\d+)$/.exec(line);
		const result = /^(not )?ok \d+(?: - (.*))?$/.exec(line);
		if (plan) planned = Number(plan[1]);
		else if (result) lines.push({ ok: !result[1], name: result[2] ?? '', detail: '' });
		else if (line.startsWith('#')) {
			const last = lines.at(-1);
			if (last) last.detail += `${line}\n`;
		}
	}
	return { planned, lines };
}

async function run(database: PGlite, file: string): Promise<Report> {
	const results: { rows: Record<string, unknown>[] }[] = [];
	let error: string | undefined;
	try {
		await database.exec(`create extension if not exists pgtap with schema extensions;
			set search_path = public, extensions; set timezone = 'UTC'`);
		results.push(...(await database.exec(textOf(file))));
	} catch (problem) {
		error = (problem as Error).message;
	}
	await database.exec('rollback; reset role; reset all').catch(() => {});
	return { ...parse(outputOf(results)), error };
}

const database = await freshDatabase();
const files = readdirSync(folder).filter((name) => name.endsWith('.sql'));
const reports: [string, Report][] = [];
for (const file of files.sort()) reports.push([file, await run(database, file)]);

afterAll(() => database.close());

describe.each(reports)('%s', (_, { planned, lines, error }) => {
	test('runs to its end and keeps its plan', () => {
		expect(error).toBeUndefined();
		expect(lines).toHaveLength(planned ?? -1);
	});
	for (const [n, { ok, name, detail }] of lines.entries()) {
		test(`${n + 1} ${name}`, () => {
			expect(ok, detail).toBe(true);
		});
	}
});
