// A Supabase elsewhere (SUPABASE_URL): nothing embedded starts. Before the app opens its door the schema there
// must be as new as the app; bringing it there is a separate, deliberate step by somebody who holds DATABASE_URL.

import { z } from 'zod';
import { migrationVersions } from './migrations.ts';
import { StartProblem } from './problem.ts';

const health = z.object({ schema: z.string() });

/** @throws StartProblem when it does not answer, refuses the key, or its schema is older than the app */
export async function assertSchemaIsNew(url: string, publishableKey: string): Promise<void> {
	const newest = migrationVersions().at(-1) ?? '';
	let answer: Response;
	try {
		answer = await fetch(`${url}/rest/v1/rpc/health`, {
			method: 'POST',
			headers: { apikey: publishableKey, 'content-type': 'application/json' },
			body: '{}',
			signal: AbortSignal.timeout(15_000)
		});
	} catch {
		throw new StartProblem(
			`SUPABASE_URL ${url} does not answer: check the address and the network.`
		);
	}
	if (answer.status === 401 || answer.status === 403) {
		throw new StartProblem(
			`SUPABASE_PUBLISHABLE_KEY is not accepted by ${url}: copy it again from that project.`
		);
	}
	const parsed = health.safeParse(await answer.json().catch(() => undefined));
	if (answer.status >= 500) {
		throw new StartProblem(
			`${url} has an error (${answer.status}): see the logs of that Supabase.`
		);
	}
	const schema = parsed.success ? parsed.data.schema : '';
	if (schema < newest) {
		throw new StartProblem(
			`The schema at ${url} is ${schema ? `at ${schema}` : 'not there yet'}, this version needs ${newest}: run \`DATABASE_URL=postgresql://… npm run migrate\`.`
		);
	}
}
