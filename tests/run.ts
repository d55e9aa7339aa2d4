// `npm test`: everything that CI runs, in one order. A failed step does not stop the later ones, so that one run
// shows everything. Ends with one line, `N passed, N failed`: every test counts, every other step counts as one.

import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findChromium } from './support/chromium.ts';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const bin = (path: string) => join(root, 'node_modules', path);
const reports = mkdtempSync(join(tmpdir(), 'lang-nghe-reports-'));

interface Step {
	name: string;
	args: string[];
	/** The vitest project, for steps that count tests. */
	project?: string;
}

const vitest = (project: string): Step => ({
	name: `tests: ${project}`,
	project,
	args: [
		bin('vitest/vitest.mjs'),
		'run',
		`--project=${project}`,
		'--passWithNoTests',
		// The message compiler keeps timers of half a minute: nothing of a unit test waits for them.
		...(project === 'unit' ? ['--teardownTimeout=1000'] : []),
		'--reporter=default',
		'--reporter=json',
		`--outputFile.json=${join(reports, `${project}.json`)}`
	]
});

const STEPS: Step[] = [
	{
		name: 'formatting',
		args: [bin('prettier/bin/prettier.cjs'), '--check', '--log-level=warn', '.']
	},
	// Both make what is not checked in (types of routes, interface texts) and what lint and types read.
	{ name: 'sync', args: [bin('@sveltejs/kit/svelte-kit.js'), 'sync'] },
	{ name: 'build', args: ['supabase/local/build.ts'] },
	{ name: 'dependencies', args: ['tests/dependencies.ts'] },
	{ name: 'lint', args: [bin('eslint/bin/eslint.js'), '.'] },
	{
		name: 'types of the code',
		args: [
			bin('svelte-check/bin/svelte-check'),
			'--tsconfig',
			'./tsconfig.json',
			'--fail-on-warnings',
			'--output',
			'human'
		]
	},
	{ name: 'types of the database', args: ['supabase/local/types.ts', '--check'] },
	vitest('unit'),
	vitest('database'),
	vitest('running'),
	vitest('faults')
];

let child: ReturnType<typeof spawn> | undefined;
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
	process.once(signal, () => {
		child?.once('exit', () => process.exit(130));
		child?.kill(signal);
	});
}

function run({ args }: Step): Promise<boolean> {
	child = spawn(process.execPath, args, {
		cwd: root,
		stdio: ['ignore', 'inherit', 'inherit'],
		env: { ...process.env, DO_NOT_TRACK: '1' }
	});
	return new Promise((resolve) => {
		child?.once('error', () => resolve(false));
		child?.once('exit', (code) => resolve(code === 0));
	});
}

/** Tests of a vitest run; a file or setup that failed before its tests counts as one failure. */
function countTests(project: string, ok: boolean): { passed: number; failed: number } {
	try {
		const report = JSON.parse(readFileSync(join(reports, `${project}.json`), 'utf8')) as {
			numPassedTests: number;
			numFailedTests: number;
			testResults: { status: string; assertionResults: { status: string }[] }[];
		};
		const broken = report.testResults.filter(
			({ status, assertionResults }) =>
				status === 'failed' && !assertionResults.some((test) => test.status === 'failed')
		).length;
		const failed = report.numFailedTests + broken;
		return { passed: report.numPassedTests, failed: ok ? failed : Math.max(failed, 1) };
	} catch {
		return { passed: 0, failed: ok ? 0 : 1 };
	}
}

let [passed, failed] = [0, 0];
const summary: string[] = [];
try {
	process.env.CHROMIUM_PATH = findChromium();
} catch (error) {
	console.error((error as Error).message);
	failed += 1;
	summary.push('failed  browser');
}
for (const step of STEPS) {
	const began = Date.now();
	console.log(`\n▶ ${step.name}`);
	const ok = await run(step);
	const counted = step.project
		? countTests(step.project, ok)
		: { passed: ok ? 1 : 0, failed: ok ? 0 : 1 };
	passed += counted.passed;
	failed += counted.failed;
	const seconds = ((Date.now() - began) / 1000).toFixed(0);
	summary.push(
		`${counted.failed === 0 ? 'ok    ' : 'failed'}  ${step.name} (${seconds} s${step.project ? `, ${counted.passed} passed, ${counted.failed} failed` : ''})`
	);
}
rmSync(reports, { recursive: true, force: true });
console.log(`\n${summary.join('\n')}\n\n${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
