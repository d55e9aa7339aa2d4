// The files for a server and for containers name things of the code: paths, variables, metrics. What can be compared
// without systemd or Docker is compared here; docs/operations.md says what was tried by hand and what was not.

import { spawnSync } from 'node:child_process';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOT } from './migrations.ts';
import { SETTING_NAMES } from './settings.ts';

const read = (name: string) => readFileSync(join(ROOT, name), 'utf8');
const all = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map(([, name]) => name!);
/** Variables that are not ours: of adapter-node, of Node, of the two parts of Supabase. */
const FOREIGN = new Set(['ADDRESS_HEADER', 'XFF_DEPTH', 'NODE_ENV', 'HOME']);

describe('the container image', () => {
	const dockerfile = read('Dockerfile');

	it('copies what exists, and all that the build reads', () => {
		const copied = all(dockerfile, /^COPY (?!--from)(.+) \S+$/gm).flatMap((names) =>
			names.split(' ')
		);
		expect(copied.filter((name) => !existsSync(join(ROOT, name)))).toEqual([]);
		const read_ = [
			'src',
			'static',
			'package-lock.json',
			'svelte.config.js',
			'tsconfig.json',
			'vite.config.ts'
		];
		const missing = read_.filter((name) => existsSync(join(ROOT, name)) && !copied.includes(name));
		expect(missing).toEqual([]);
	});

	it('starts what exists and sets variables that exist', () => {
		for (const path of all(dockerfile, /(?:RUN node|"node",) "?(supabase\/[\w/.-]+)/g)) {
			expect(existsSync(join(ROOT, path))).toBe(true);
		}
		const names = all(dockerfile.replace(/^(?!ENV ).*$/gm, ''), /([A-Z_]{4,})=/g);
		expect(names.filter((name) => !isKnown(name))).toEqual([]);
	});
});

const isKnown = (name: string) => FOREIGN.has(name) || SETTING_NAMES.some((own) => own === name);

describe('the compose file', () => {
	const compose = read('compose.yaml');

	it('mounts files that exist, and asks for variables that the example names', () => {
		for (const path of all(compose, /- \.\/(\S+?):/g)) {
			expect({ path, exists: existsSync(join(ROOT, path)) }).toEqual({ path, exists: true });
		}
		const example = all(read('docs/deploy/compose/env.example'), /^([A-Z_]+)=/gm);
		const asked = new Set(all(compose, /\$\{([A-Z_]+)/g));
		expect([...asked].sort()).toEqual([...example].sort());
	});

	it('gives the app and the migration only variables that they know', () => {
		const [, ours = ''] = compose.split(/^ {2}migrate:/m);
		const names = all(ours, /^ {6}([A-Z_]+): /gm);
		expect(names.filter((name) => !isKnown(name))).toEqual([]);
	});

	it('writes mails with the subjects and texts of supabase/config.toml', () => {
		const config = read('supabase/config.toml');
		for (const [, name, subject, path] of config.matchAll(
			/^\[auth\.email\.template\.(\w+)\]\nsubject = "([^"]+)"\ncontent_path = "\.\/(.+)"$/gm
		)) {
			const key = name!.toUpperCase();
			expect(compose).toContain(`GOTRUE_MAILER_SUBJECTS_${key}: '${subject}'`);
			expect(compose).toContain(
				`GOTRUE_MAILER_TEMPLATES_${key}: http://gateway:8000/templates/${name}.html`
			);
			expect(path).toBe(`supabase/templates/${name}.html`);
		}
		expect(config).toContain('[auth.email.template.recovery]');
	});

	it('keeps the owner of the database from the app', () => {
		const [, app = ''] = compose.split(/^ {2}app:/m);
		expect(app).not.toMatch(/DATABASE_URL|POSTGRES_PASSWORD|BACKUP_PASSPHRASE/);
	});
});

describe('the files for one server', () => {
	it('use variables that exist', () => {
		const names = all(read('docs/deploy/environment.example'), /^#?([A-Z_]{4,})=/gm);
		expect(names.length).toBeGreaterThan(8);
		expect(names.filter((name) => !isKnown(name))).toEqual([]);
	});

	it('run files that exist', () => {
		for (const unit of globSync('docs/deploy/*.service', { cwd: ROOT })) {
			for (const path of all(read(unit), /^ExecStart=\S+ (\S+)$/gm)) {
				expect({ unit, exists: existsSync(join(ROOT, path)) }).toEqual({ unit, exists: true });
			}
		}
		for (const path of all(read('docs/deploy/update.sh'), /\brun "\$\w+" (\S+\.ts)/g)) {
			expect(existsSync(join(ROOT, 'supabase/local', path))).toBe(true);
		}
		const checked = spawnSync('bash', ['-n', join(ROOT, 'docs/deploy/update.sh')]);
		expect(checked.status).toBe(0);
	});

	it('watch metrics and jobs that exist', () => {
		const alerts = read('docs/deploy/lang-nghe-alerts.yml');
		const known = all(read('src/lib/server/metrics.ts'), /name: '(lang_nghe_\w+)'/g);
		expect(all(alerts, /\b(lang_nghe_\w+)/g).filter((name) => !known.includes(name))).toEqual([]);
		const jobs = all(read('src/lib/server/worker/jobs.ts'), /name: '([^']+)', every/g);
		expect(all(alerts, /job="([^"]+ [^"]+)"/g).filter((name) => !jobs.includes(name))).toEqual([]);
	});

	it('keep addresses and paths out of the log of the proxy, and /metrics inside', () => {
		const nginx = read('docs/deploy/nginx.conf');
		const [format = ''] = all(nginx, /^log_format lang_nghe '([^']+)'/gm);
		expect(format).not.toMatch(
			/remote_|request_uri|\$request |\$uri|\$args|referer|user_agent|forwarded/
		);
		expect(all(nginx, /^\taccess_log \S+ (\S+);/gm)).toEqual(['lang_nghe', 'lang_nghe']);
		expect(nginx).toMatch(/location = \/metrics \{\s+return 404;/);
		const rotation = read('docs/deploy/logrotate.conf').split('}')[0]!;
		const days = Number(/rotate (\d+)/.exec(rotation)?.[1]) + 1;
		expect(rotation).toMatch(/^\tdaily$/m);
		expect(days * 24).toBeLessThanOrEqual(72);
	});
});
