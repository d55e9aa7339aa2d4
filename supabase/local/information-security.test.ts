// docs/information-security.md is what an officer files: this test compares its tables with the code, so that neither
// can change alone.

import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOT } from './migrations.ts';
import { readSettings, SETTING_NAMES } from './settings.ts';

const read = (name: string) => readFileSync(join(ROOT, name), 'utf8');
const page = read('docs/information-security.md');
const migrations = globSync('supabase/migrations/*.sql', { cwd: ROOT }).map(read).join('\n');
const local = globSync('supabase/local/**/*.ts', { cwd: ROOT })
	.filter((name) => !name.endsWith('.test.ts'))
	.map(read)
	.join('\n');

/** What stands in backticks in the first column of the tables under a heading. */
function listed(heading: string): string[] {
	const section = page.split(/^## /m).find((text) => text.startsWith(heading));
	if (!section) throw new Error(`There is no heading "${heading}"`);
	const firsts = [...section.matchAll(/^\| ([^|]*) \|/gm)].map(([, cell]) => cell!);
	return firsts.flatMap((cell) => [...cell.matchAll(/`([^`]+)`/g)].map(([, name]) => name!));
}
const matches = (text: string, pattern: RegExp) => [
	...new Set([...text.matchAll(pattern)].map(([, name]) => name!))
];
const sorted = (names: string[]) => [...names].sort();

describe('the page for the information-security file', () => {
	it('lists every table and no other', () => {
		const tables = matches(migrations, /^create table ((?:public|private)\.[a-z_]+)(?= )/gm);
		expect(sorted(listed('Dữ liệu được lưu'))).toEqual(sorted(tables));
	});

	it('lists every variable and no other', () => {
		expect(sorted(listed('Biến môi trường'))).toEqual(sorted(SETTING_NAMES));
	});

	it('has every variable in the page about operations too', () => {
		const rows = read('docs/operations.md')
			.split('\n')
			.filter((line) => line.startsWith('| `'));
		const missing = SETTING_NAMES.filter(
			(name) => !rows.some((row) => row.includes(`\`${name}\``))
		);
		expect(missing).toEqual([]);
	});

	it('calls every variable a secret that holds one', () => {
		const rows = page.split('\n').filter((line) => /^\| `[A-Z]/.test(line));
		const secret = rows.filter((row) => row.includes('**có**')).join();
		for (const name of SETTING_NAMES) {
			const holdsOne = /SECRET|PASSPHRASE|TOKEN|KEY_FILE|DATABASE_URL|SMTP_URL/.test(name);
			expect({ name, secret: secret.includes(`\`${name}\``) }).toEqual({ name, secret: holdsOne });
		}
	});

	it('lists every log and no other', () => {
		const logs = matches(local, /logs, '([a-z-]+\.log)'/g);
		const tasks = matches(local, /\bname: '([a-z]+)',\s+command:/g).map((name) => `${name}.log`);
		expect(sorted(listed('Nhật ký')).filter((name) => name.endsWith('.log'))).toEqual(
			sorted([...logs, ...tasks])
		);
	});

	it('lists every role of the database and no other', () => {
		const roles = matches(read('supabase/local/bootstrap.sql'), /create role ([a-z_]+)/g);
		expect(sorted(listed('Tài khoản và quyền'))).toEqual(sorted([...roles, 'postgres']));
	});

	it('lists every role of people and no other', () => {
		const [, roles = ''] = /role text not null check \(role in \(([^)]+)\)/.exec(migrations) ?? [];
		const codes = page
			.split('\n')
			.flatMap((line) => /^\| [^|]+ \| `(\w+)` \|/.exec(line)?.[1] ?? []);
		expect(sorted(codes)).toEqual(sorted(matches(roles, /'(\w+)'/g)));
	});

	it('names the ports as they are', () => {
		const { PORT } = readSettings({});
		expect(page).toContain(`| ${PORT}/tcp (\`PORT\`) |`);
		const nginx = matches(read('docs/deploy/nginx.conf'), /^\tlisten (\d+)/gm);
		for (const port of nginx) expect(page).toContain(`| ${port}/tcp | nginx |`);
		expect(local).toContain(`listen_addresses: '127.0.0.1'`);
		expect(
			read('compose.yaml')
				.match(/^ +- '?([\d.:]+)'?$/gm)
				?.map((line) => line.trim())
		).toEqual([`- '127.0.0.1:${PORT}:${PORT}'`]);
	});

	it('names the times for which things are kept', () => {
		const months = (name: string) =>
			new RegExp(`${name} smallint not null default (\\d+)`).exec(migrations)?.[1];
		expect(page).toContain(`| phiếu trả lời | ${months('response_months')} tháng`);
		expect(page).toContain(`| ý kiến ghi thêm | ${months('comment_months')} tháng`);
		const { daily, weekly, monthly } = readSettings({}).BACKUP_KEEP;
		expect(page).toContain(`${daily} bản ngày, ${weekly} bản tuần, ${monthly} bản tháng`);
	});
});
