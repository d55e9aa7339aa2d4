// `npm run types`: writes src/lib/server/database.types.ts with the supabase CLI, from an embedded Postgres that
// has just received all migrations. With `--check` it writes nothing and fails when the file is stale.

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT, runCli } from './migrations.ts';
import { report, StartProblem } from './problem.ts';
import { withThrowaway } from './throwaway.ts';

const NAME = 'src/lib/server/database.types.ts';
const HEADER = `// Written by \`npm run types\` from the migrations; never edited by hand.\n\n`;

/** The text that the file should have for the schema at `url`. */
export async function generateTypes(url: string): Promise<string> {
	const { code, stdout, stderr } = await runCli([
		'gen',
		'types',
		'--lang=typescript',
		'--schema=public',
		`--remote=${url}`
	]);
	// What the CLI has to say about the connection comes before the first type.
	const start = stdout.indexOf('export type Json');
	if (code === 0 && start >= 0) return `${HEADER}${stdout.slice(start).trimEnd()}\n`;
	throw new StartProblem(
		`The types could not be generated:\n${stderr.replaceAll(url, 'DATABASE_URL').trim()}`
	);
}

export function currentTypes(): string {
	try {
		return readFileSync(join(ROOT, NAME), 'utf8');
	} catch {
		return '';
	}
}

if (import.meta.main) {
	try {
		const wanted = await withThrowaway(({ databaseUrl }) => generateTypes(databaseUrl));
		if (!process.argv.includes('--check')) {
			writeFileSync(join(ROOT, NAME), wanted);
			console.log(`${NAME} is written.`);
		} else if (wanted !== currentTypes()) {
			throw new StartProblem(`${NAME} is stale: run \`npm run types\` and commit it.`);
		} else console.log(`${NAME} fits the migrations.`);
	} catch (error) {
		process.exitCode = report(error);
	}
}
