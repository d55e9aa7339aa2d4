/**
 * Addresses of the results pages: which organisation, period, formula and language. Everything a
 * reader chose is in the URL, so that a link can be sent on and "back" works.
 */
import { isUuid } from '$lib/forms/is-uuid';
import { isLocale, type Locale } from '$lib/i18n/locale';
import { parsePeriod } from '$lib/scoring/period';
import type { Formula } from '$lib/scoring/tally';

export interface ResultsQuery {
	organisation: string | null;
	period: string | null;
	formula: Formula;
	/** Only a language that the reader chose; otherwise the browser decides. */
	lang: Locale | null;
}

/**
 * Reads the query of a results page. A wrong organisation or period is kept as `undefined`, so that
 * the page can say so instead of quietly showing another one.
 */
export function readQuery(params: URLSearchParams): Omit<
	ResultsQuery,
	'organisation' | 'period'
> & {
	organisation: string | null | undefined;
	period: string | null | undefined;
} {
	const organisation = params.get('organisation') || null;
	const period = params.get('period') || null;
	const lang = params.get('lang');
	return {
		organisation: organisation && !isUuid(organisation) ? undefined : organisation,
		period: period && !parsePeriod(period) ? undefined : period,
		formula: params.get('formula') === 'mean' ? 'mean' : 'top2',
		lang: isLocale(lang) ? lang : null
	};
}

/** `/results` or the page of a unit, with only what differs from the default in its query. */
export function resultsHref(query: Partial<ResultsQuery>, unit?: string): string {
	const params = new URLSearchParams();
	if (query.organisation && !unit) params.set('organisation', query.organisation);
	if (query.period) params.set('period', query.period);
	if (query.formula === 'mean') params.set('formula', 'mean');
	if (query.lang) params.set('lang', query.lang);
	const text = params.toString();
	return `/results${unit ? `/${unit}` : ''}${text ? `?${text}` : ''}`;
}
