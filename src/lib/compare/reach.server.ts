/**
 * A link that somebody with more rights has made, or of another time: who opens it sees what he may see
 * and what there is, and is told so. Without any right of his own the refusal stays.
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

/**
 * Reads the periods that are asked for, or the running one where one of them holds no answers.
 * @param asked by name, null for the running one (of the period to compare with: the one before)
 */
export async function readNearest<Name extends string, Found>(
	asked: Record<Name, string | null>,
	read: (periods: Record<Name, string | null>) => Promise<Found>
): Promise<{ nearest: Found; isCorrected: boolean }> {
	try {
		return { nearest: await read(asked), isCorrected: false };
	} catch (failure) {
		const isUnknown = failure instanceof DatabaseError && failure.key === 'unknown_period';
		const names = Object.keys(asked) as Name[];
		if (!isUnknown || names.every((name) => asked[name] === null)) throw failure;
		const running = Object.fromEntries(names.map((name) => [name, null])) as Record<Name, null>;
		return { nearest: await read(running), isCorrected: true };
	}
}
