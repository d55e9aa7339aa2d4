/**
 * Addresses of the picture of a unit: which unit and period, and the place of a person who has
 * several. Everything chosen is in the URL, so that a link can be sent on and "back" works.
 */
import { isUuid } from '$lib/forms/is-uuid';
import { parsePeriod } from '$lib/scoring/period';

export interface PictureQuery {
	/** The unit whose picture it is; null for the person's own. */
	of: string | null;
	period: string | null;
	/** One of the unit's own service points; null for the whole unit. */
	point: string | null;
	/** The person's place, `?unit=` of all office pages; null where there is only one. */
	place: string | null;
}

/** Reads the query; what is no unit or no period is `undefined`, so that the page can say so. */
export function readPictureQuery(params: URLSearchParams): {
	of: string | null | undefined;
	period: string | null | undefined;
	point: string | null | undefined;
} {
	const id = (name: string) => {
		const value = params.get(name) || null;
		return value && !isUuid(value) ? undefined : value;
	};
	const period = params.get('period') || null;
	return {
		of: id('of'),
		point: id('point'),
		period: period && !parsePeriod(period) ? undefined : period
	};
}

/** `/feedback` or a page below it, with only what was chosen in its query. */
export function pictureHref(query: Partial<PictureQuery>, page = ''): string {
	const params = new URLSearchParams();
	if (query.place) params.set('unit', query.place);
	if (query.of) params.set('of', query.of);
	if (query.point) params.set('point', query.point);
	if (query.period) params.set('period', query.period);
	const text = params.toString();
	return `/feedback${page}${text ? `?${text}` : ''}`;
}
