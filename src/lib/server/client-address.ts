/** Who asks, where that can be told. Must not know: what is counted under it. */
import type { RequestEvent } from '@sveltejs/kit';

const LOOPBACK = /^(127\.|::1$|::ffff:127\.)/;

/**
 * The address that asks, or undefined where it tells nobody apart: on this machine, or behind a proxy that hides
 * who asks.
 */
export function addressOf(event: Pick<RequestEvent, 'getClientAddress'>): string | undefined {
	try {
		const address = event.getClientAddress();
		return LOOPBACK.test(address) ? undefined : address;
	} catch {
		return undefined;
	}
}
