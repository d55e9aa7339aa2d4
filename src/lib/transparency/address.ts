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
	/** A revision of the period; the newest without it. */
	revision: number | null;
	formula: Formula;
	/** Only a language that the reader chose; otherwise the browser decides. */
	lang: Locale | null;
}

/** A period that SQL knows, too: of this century. */
const isPeriod = (code: string) => code.startsWith('20') && parsePeriod(code) !== null;

/**
 * Reads the query of a results page. A wrong organisation, period or revision is kept as `undefined`,
 * so that the page can say so instead of quietly showing another one.
 */
export function readQuery(params: URLSearchParams): Omit<
	ResultsQuery,
	'organisation' | 'period' | 'revision'
> & {
	organisation: string | null | undefined;
	period: string | null | undefined;
	revision: number | null | undefined;
} {
	const organisation = params.get('organisation') || null;
	const period = params.get('period') || null;
	const revision = params.get('revision') || null;
	const lang = params.get('lang');
	return {
		organisation: organisation && !isUuid(organisation) ? undefined : organisation,
		period: period && !isPeriod(period) ? undefined : period,
		revision:
			revision === null ? null : /^[1-9]\d{0,3}$/.test(revision) ? Number(revision) : undefined,
		formula: params.get('formula') === 'mean' ? 'mean' : 'top2',
		lang: isLocale(lang) ? lang : null
	};
}

/** `/results` or the page of a unit, with only what differs from the default in its query. */
export function resultsHref(query: Partial<ResultsQuery>, unit?: string): string {
	const params = new URLSearchParams();
	if (query.organisation && !unit) params.set('organisation', query.organisation);
	if (query.period) params.set('period', query.period);
	if (query.revision) params.set('revision', String(query.revision));
	if (query.formula === 'mean') params.set('formula', 'mean');
	if (query.lang) params.set('lang', query.lang);
	const text = params.toString();
	return `/results${unit ? `/${unit}` : ''}${text ? `?${text}` : ''}`;
}
