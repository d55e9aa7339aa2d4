import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { AUDIT_RECORDS } from './audit-words';

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
