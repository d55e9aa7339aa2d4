/**
 * A link that somebody with more rights has made: who opens it sees what he may see, and is told that
 * there is more. Without any right of his own the refusal stays.
 */
import { error } from '@sveltejs/kit';
import { m } from '$lib/i18n/paraglide/messages.js';
import { DatabaseError } from '$lib/server/errors';

const isRefusal = (failure: unknown) =>
	failure instanceof DatabaseError && failure.key === 'not_allowed';

/**
 * Reads for the unit that is asked for, or for the person's own where that is not allowed.
 * @param asked null for the person's own
 * @throws 403 where not even the own unit may be read
 */
export async function readWithinReach<Found>(
	asked: string | null,
	own: string,
	read: (unit: string) => Promise<Found>
): Promise<{ found: Found; isMore: boolean }> {
	const readOwn = async (isMore: boolean) => {
		try {
			return { found: await read(own), isMore };
		} catch (failure) {
			if (isRefusal(failure)) error(403, { message: m.compare_unknown_unit() });
			throw failure;
		}
	};
	if (asked === null || asked === own) return readOwn(false);
	try {
		return { found: await read(asked), isMore: false };
	} catch (failure) {
		if (!isRefusal(failure)) throw failure;
		return readOwn(true);
	}
}
