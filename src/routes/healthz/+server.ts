// Whether a person could answer now: 200 only when the database itself has answered, 503 otherwise.
// For supervisors and load balancers; it says nothing that /results does not say.

import { json } from '@sveltejs/kit';
import { z } from 'zod';
import { anonymousClient } from '$lib/server/supabase';
import type { RequestHandler } from './$types';

const PATIENCE = 2000;
const health = z.object({ schema: z.string() });

export const GET: RequestHandler = async () => {
	const { data, error } = await anonymousClient()
		.rpc('health')
		.abortSignal(AbortSignal.timeout(PATIENCE));
	const answer = error ? undefined : health.safeParse(data).data;
	return json(answer ? { status: 'ok', schema: answer.schema } : { status: 'unavailable' }, {
		status: answer ? 200 : 503,
		headers: { 'cache-control': 'no-store', ...(answer ? {} : { 'retry-after': '5' }) }
	});
};
