import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { AUDIT_ACTIONS, AUDIT_RECORDS } from './audit-words';

const folder = 'supabase/migrations';
const migrations = readdirSync(folder)
	.map((file) => readFileSync(join(folder, file), 'utf8'))
	.join('\n');

it('every record that the log names has a word', () => {
	const audited = migrations.matchAll(
		/on (?:public|private)\.(\w+)\s+for each row execute function private\.audit\(/g
	);
	const named = [...audited].map(([, table]) => table!);
	expect(named.length).toBeGreaterThan(10);
	expect(named.filter((table) => !AUDIT_RECORDS[table])).toEqual([]);
});

it('every action that is written by name has a word, and what it was done to', () => {
	const written = [
		...migrations.matchAll(/private\.audit_write\([^;]*?'(\w+)',\s*'(\w+)',[^;]*;/g)
	];
	expect(written.length).toBeGreaterThan(5);
	expect(
		written.filter(([, action]) => !AUDIT_ACTIONS[action!]).map(([, action]) => action)
	).toEqual([]);
	expect(written.filter(([, , kind]) => !AUDIT_RECORDS[kind!]).map(([, , kind]) => kind)).toEqual(
		[]
	);
});
