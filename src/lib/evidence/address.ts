/** Addresses of the evidence pages: what is chosen stands in the URL, so that a link can be sent on. */
import { error } from '@sveltejs/kit';
import { isUuid } from '$lib/forms/is-uuid';
import { m } from '$lib/i18n/paraglide/messages.js';
import { parsePeriod } from '$lib/scoring/period';

export interface EvidenceQuery {
	/** The person's place where there are several, else null. */
	place: string | null;
	of: string | null;
	period: string | null;
}

/** Reads the query; answers 422 where a unit or a period is none. */
export function readEvidenceQuery(params: URLSearchParams): Pick<EvidenceQuery, 'of' | 'period'> {
	const of = params.get('of') || null;
	const period = params.get('period') || null;
	if (of && !isUuid(of)) error(422, { message: m.office_not_yours() });
	if (period && !parsePeriod(period)) error(422, { message: m.public_unknown_period() });
	return { of, period };
}

/** An address below `/evidence` that keeps what is chosen and adds `more`. */
export function evidenceHref(
	{ place, of, period }: EvidenceQuery,
	more: Record<string, string> = {},
	page = ''
): string {
	const chosen = { unit: place, of, period, ...more };
	const params = new URLSearchParams(
		Object.entries(chosen).filter((entry): entry is [string, string] => Boolean(entry[1]))
	).toString();
	return `/evidence${page}${params ? `?${params}` : ''}`;
}
