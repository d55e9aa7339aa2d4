// Builds the app when build/ is missing or older than its sources: by their content, not by their dates,
// so that a second `npm start` is fast and a `git checkout` is noticed.

import { createHash } from 'node:crypto';
import {
	existsSync,
	globSync,
	mkdtempSync,
	readFileSync,
	rmSync,
	statSync,
	writeFileSync
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from './migrations.ts';
import { diskFull, report } from './problem.ts';
import { runTask, TaskFailed } from './task.ts';

const SOURCES = [
	'src/**/*',
	'static/**/*',
	'package-lock.json',
	'svelte.config.js',
	'tsconfig.json',
	'vite.config.ts'
];
/** Made by the build itself, or irrelevant to it. */
const NOT_SOURCES =
	/^src\/lib\/i18n\/(paraglide\/|project\.inlang\/(?!settings\.json$))|\.test\.ts$|^src\/lib\/server\/worker\//;
const MARK = join(ROOT, 'build/.sources');

function sourcesHash(): string {
	const hash = createHash('sha256');
	const paths = globSync(SOURCES, { cwd: ROOT }).map((path) => path.replaceAll('\\', '/'));
	for (const path of paths.sort()) {
		if (NOT_SOURCES.test(path) || !statSync(join(ROOT, path)).isFile()) continue;
		hash
			.update(`${path}\0`)
			.update(readFileSync(join(ROOT, path)))
			.update('\0');
	}
	return hash.digest('hex');
}

export function isBuilt(): boolean {
	return (
		existsSync(join(ROOT, 'build/index.js')) &&
		existsSync(MARK) &&
		readFileSync(MARK, 'utf8') === sourcesHash()
	);
}

/**
 * Runs `vite build`.
 * @throws StartProblem when the disk is full, TaskFailed with vite's words otherwise
 */
export async function buildApp(
	folders: { logs: string; run: string },
	signal: AbortSignal
): Promise<void> {
	const hash = sourcesHash();
	try {
		await runTask(
			{
				name: 'build',
				command: process.execPath,
				args: [join(ROOT, 'supabase/local/vite-build.mjs')],
				cwd: ROOT,
				env: { ...process.env, NODE_ENV: 'production' },
				folders
			},
			signal
		);
	} catch (error) {
		if (error instanceof TaskFailed && /ENOSPC/.test(error.output)) throw diskFull(ROOT);
		throw error;
	}
	writeFileSync(MARK, hash);
}

if (import.meta.main) {
	const folder = mkdtempSync(join(tmpdir(), 'lang-nghe-build-'));
	try {
		if (isBuilt()) console.log('build/ is up to date.');
		else await buildApp({ logs: folder, run: folder }, new AbortController().signal);
	} catch (error) {
		process.exitCode = report(error);
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}
