/**
 * How often signing in may fail. Three counters with different jobs:
 * - account and address together: five, then a pause. It stops guessing at one account;
 * - address alone: a hundred, then a pause. An office of fifty behind one NAT never meets it;
 * - account alone: never locks (anybody could lock out a colleague), each failure makes the next answer slower.
 * An address is what the proxy tells (ADDRESS_HEADER of adapter-node; docs/operations.md).
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { RequestEvent } from '@sveltejs/kit';
import { Counter } from '$lib/server/rate-limit';

const QUARTER_HOUR = 15 * 60;
const pair = new Counter(5, QUARTER_HOUR);
const address = new Counter(100, QUARTER_HOUR);
const account = new Counter(1000, 60 * 60);

/** Every answer takes at least this long: an unknown account is refused without hashing, which is faster. */
const LEAST_MS = 700;
const FREE_FAILURES = 10;
const LONGEST_DELAY_MS = 8000;

function addressOf(event: RequestEvent): string {
	try {
		return event.getClientAddress();
	} catch {
		// Behind a proxy that forgot its header all share one counter rather than none.
		return 'unknown';
	}
}

export interface Attempt<T> {
	/** Minutes to wait; then nothing was tried. */
	wait?: number;
	result?: T;
}

/**
 * Tries once under the limits.
 * @param name the account as it was typed
 * @param attempt resolves to undefined when it failed
 */
export async function limited<T>(
	event: RequestEvent,
	name: string,
	attempt: () => Promise<T | undefined>
): Promise<Attempt<T>> {
	const from = addressOf(event);
	const who = name.trim().toLowerCase();
	const seconds = Math.max(await pair.wait(who, from), await address.wait(from));
	if (seconds > 0) {
		await sleep(LEAST_MS);
		return { wait: Math.ceil(seconds / 60) };
	}
	const failures = await account.count(who);
	const delay = Math.min(
		LONGEST_DELAY_MS,
		failures < FREE_FAILURES ? 0 : 250 * 2 ** Math.min(failures - FREE_FAILURES, 6)
	);
	const [result] = await Promise.all([attempt(), sleep(LEAST_MS + delay)]);
	if (result === undefined) {
		await Promise.all([pair.add(who, from), address.add(from), account.add(who)]);
	} else {
		await pair.clear(who, from);
	}
	return { result };
}

const mails = new Counter(5, 60 * 60);

/** Whether another recovery mail may go to this address: five an hour, so that nobody is flooded. */
export async function mayMail(name: string): Promise<boolean> {
	const who = name.trim().toLowerCase();
	if ((await mails.wait(who)) > 0) return false;
	await mails.add(who);
	return true;
}
