/** Addresses of the set-up pages that keep the reader's place (?unit=) beside what the page asks for. */

/**
 * @param query of the place, `?unit=…` or empty (placeQuery)
 * @param asked further parameters; blank ones are left out
 */
export function setupHref(
	path: string,
	query: string,
	asked: Record<string, string | number | undefined> = {}
): string {
	const params = new URLSearchParams(query);
	for (const [name, value] of Object.entries(asked)) {
		if (value !== undefined && value !== '' && value !== 0) params.set(name, String(value));
	}
	const text = params.toString();
	return text ? `${path}?${text}` : path;
}

/** `from` of a paged list: never negative, never broken. */
export function offsetOf(url: URL): number {
	return Math.max(0, Number.parseInt(url.searchParams.get('from') ?? '0', 10) || 0);
}

/** Address of a named form action on the same page, with what the page was asked for. */
export function formAction(
	name: string,
	query: string,
	asked: Record<string, string | undefined> = {}
): string {
	const kept = setupHref('', query, asked).replace(/^\?/, '&');
	return `?/${name}${kept}`;
}
