/**
 * Numbers served, entered by a machine of the office: POST {"items": [{"point", "day", "served", "group"?}]} with
 * `Authorization: Bearer <access token>`. All or nothing; docs/import.md.
 */
import { json } from '@sveltejs/kit';
import { z } from 'zod';
import type { RequestHandler } from './$types';
import { putByToken } from '$lib/exchange/served.server';
import { BodyTooLargeError, readText } from '$lib/server/form-body';
import { DatabaseError } from '$lib/server/errors';
import { Counter } from '$lib/server/rate-limit';
import { anonymousClient } from '$lib/server/supabase';

/** Per token: one a second is more than any hall needs. Per address: tokens tried that do not work. */
const calls = new Counter(60, 60);
const failures = new Counter(20, 300);

const body = z.object({ items: z.array(z.record(z.string(), z.unknown())).min(1).max(500) });

const refuse = (status: number, key: string, more: Record<string, unknown> = {}, wait = 0) =>
	json(
		{ error: key, ...more },
		{ status, headers: wait > 0 ? { 'retry-after': String(wait) } : {} }
	);

async function itemsOf(request: Request) {
	try {
		const parsed = body.safeParse(JSON.parse(await readText(request)));
		return parsed.success ? parsed.data.items : refuse(422, 'malformed');
	} catch (failure) {
		return failure instanceof BodyTooLargeError
			? refuse(413, 'too_large')
			: refuse(422, 'malformed');
	}
}

export const POST: RequestHandler = async ({ request, getClientAddress }) => {
	const address = getClientAddress();
	const token = /^Bearer (lns_[\w-]{20,60})$/.exec(request.headers.get('authorization') ?? '')?.[1];
	const wait = Math.max(await failures.wait(address), token ? await calls.wait(token) : 0);
	if (wait > 0) return refuse(429, 'too_many_requests', {}, wait);
	if (!token) {
		await failures.add(address);
		return refuse(401, 'access_token_refused');
	}
	await calls.add(token);
	const items = await itemsOf(request);
	if (items instanceof Response) return items;
	try {
		return json(await putByToken(anonymousClient(), token, items));
	} catch (failure) {
		if (!(failure instanceof DatabaseError) || !failure.key) throw failure;
		if (failure.key === 'unknown_access_token') {
			await failures.add(address);
			return refuse(401, 'access_token_refused');
		}
		const problems = z.array(z.unknown()).safeParse(tryJson(failure.details));
		return refuse(failure.status, failure.key, problems.success ? { problems: problems.data } : {});
	}
};

function tryJson(text: string | undefined): unknown {
	try {
		return JSON.parse(text ?? '');
	} catch {
		return undefined;
	}
}
