/**
 * Addresses of a comparison: everything chosen is in the URL, so that a link can be sent on. A choice
 * that cannot be used falls back to the nearest one, and the page says so.
 */
import { isUuid } from '$lib/forms/is-uuid';
import { isMeasure, OVERALL, type Measure } from '$lib/scoring/attribution';
import { parsePeriod } from '$lib/scoring/period';

export interface CompareQuery {
	/** The unit whose subtree is compared; null for the person's own. */
	of: string | null;
	period: string | null;
	before: string | null;
	/** "below" or a kind of unit; null for what suits the unit. */
	peers: string | null;
	measure: Measure;
	/** The person's place, `?unit=` of all office pages; null where there is only one. */
	place: string | null;
}

const KIND = /^[a-z_]{3,20}$/;

/** @returns the query and whether something in the address could not be used */
export function readCompareQuery(params: URLSearchParams): {
	query: Omit<CompareQuery, 'place'>;
	isCorrected: boolean;
} {
	let isCorrected = false;
	const read = <T extends string>(name: string, fits: (value: string) => value is T) => {
		const value = params.get(name);
		if (!value) return null;
		if (fits(value)) return value;
		isCorrected = true;
		return null;
	};
	const isPeriod = (value: string): value is string => parsePeriod(value) !== null;
	const query = {
		of: read('of', (value): value is string => isUuid(value)),
		period: read('period', isPeriod),
		before: read('before', isPeriod),
		peers: read('peers', (value): value is string => KIND.test(value)),
		measure: read('measure', isMeasure) ?? OVERALL
	};
	return { query, isCorrected };
}

/** `/compare` or a file below it, with only what was chosen in its query. */
export function compareHref(query: Partial<CompareQuery>, below = ''): string {
	const params = new URLSearchParams();
	if (query.place) params.set('unit', query.place);
	for (const name of ['of', 'period', 'before', 'peers'] as const) {
		if (query[name]) params.set(name, query[name]);
	}
	if (query.measure && query.measure !== OVERALL) params.set('measure', query.measure);
	const text = params.toString();
	return `/compare${below}${text ? `?${text}` : ''}`;
}
