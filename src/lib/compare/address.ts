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
	/** One listed crossing, "pool:verified"; null for all answers. */
	cross: string | null;
	/** The person's place, `?unit=` of all office pages; null where there is only one. */
	place: string | null;
}

const KIND = /^[a-z_]{3,20}$/;

const CROSS = /^(pool|channel|version|group):[a-z0-9-]{1,40}$/i;
const STEPS = ['month', 'quarter', 'year'];

/** Reads what fits; anything else is left out and remembered. */
function readerOf(params: URLSearchParams) {
	let isCorrected = false;
	const read = <T extends string = string>(
		name: string,
		fits: ((value: string) => value is T) | ((value: string) => boolean)
	): T | null => {
		const value = params.get(name);
		if (!value) return null;
		if (fits(value)) return value as T;
		isCorrected = true;
		return null;
	};
	return { read, isCorrected: () => isCorrected };
}
const isPeriod = (value: string) => parsePeriod(value) !== null;

/** @returns the query and whether something in the address could not be used */
export function readCompareQuery(params: URLSearchParams): {
	query: Omit<CompareQuery, 'place'>;
	isCorrected: boolean;
} {
	const { read, isCorrected } = readerOf(params);
	const query = {
		of: read('of', isUuid),
		period: read('period', isPeriod),
		before: read('before', isPeriod),
		peers: read('peers', (value) => KIND.test(value)),
		measure: read<Measure>('measure', isMeasure) ?? OVERALL,
		cross: read('cross', (value) => CROSS.test(value))
	};
	return { query, isCorrected: isCorrected() };
}

/** What the trend is asked for; null for what suits. */
export function readTrendQuery(params: URLSearchParams) {
	const { read, isCorrected } = readerOf(params);
	const query = {
		of: read('of', isUuid),
		measure: read<Measure>('measure', isMeasure),
		step: read('step', (value) => STEPS.includes(value))
	};
	return { query, isCorrected: isCorrected() };
}

/** What the page of what would help is asked for. */
export function readHelpQuery(params: URLSearchParams) {
	const { read, isCorrected } = readerOf(params);
	const query = { of: read('of', isUuid), period: read('period', isPeriod) };
	return { query, isCorrected: isCorrected() };
}

type Asked = Partial<CompareQuery> & { step?: string | null };

/** The page, or one below it, with only what was chosen in its query. */
function hrefWith(path: string, names: readonly (keyof Asked)[], query: Asked): string {
	const params = new URLSearchParams();
	if (query.place) params.set('unit', query.place);
	for (const name of names) {
		const value = query[name];
		if (value && !(name === 'measure' && value === OVERALL)) params.set(name, value);
	}
	const text = params.toString();
	return `${path}${text ? `?${text}` : ''}`;
}

/** `/compare` or a file below it. */
export const compareHref = (query: Partial<CompareQuery>, below = ''): string =>
	hrefWith(`/compare${below}`, ['of', 'period', 'before', 'peers', 'measure', 'cross'], query);

/** How a unit's figure went. */
export const trendHref = (query: Asked, below = ''): string =>
	hrefWith(`/compare/trend${below}`, ['of', 'measure', 'step'], query);

/** What would help a unit most. */
export const helpHref = (query: Asked, below = ''): string =>
	hrefWith(`/compare/help${below}`, ['of', 'period'], query);

/** The method's annex: the figure weighted to the numbers served. */
export const weightsHref = (query: Asked): string =>
	hrefWith('/compare/weights', ['of', 'period'], query);
