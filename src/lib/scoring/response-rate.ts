/**
 * Response rate: answers ÷ people served. Owns the rule when there is one and what must be said beside it.
 * The sums come from SQL, which leaves them out where the number served is not known for the whole period.
 */

/** Under this share the figure says that it may not stand for everybody (texts.md). */
export const LOW_RATE = 0.1;

/** Released answers and people served, of the same points and the same days. */
export interface ServedSums {
	answered: number;
	served: number;
}

export type ResponseRate =
	| { state: 'unknown' }
	| ({ state: 'known' | 'low'; rate: number } & ServedSums)
	/** More answers than people: the number served is wrong or answers are, and no rate is shown. */
	| ({ state: 'impossible' } & ServedSums);

/** @param sums undefined or null where the database lets out none */
export function responseRate(sums: ServedSums | null | undefined): ResponseRate {
	if (!sums || sums.served <= 0) return { state: 'unknown' };
	const { answered, served } = sums;
	if (answered > served) return { state: 'impossible', answered, served };
	const rate = answered / served;
	return { state: rate < LOW_RATE ? 'low' : 'known', rate, answered, served };
}
