/** A UUID in its usual text form, either case: what an address or a posted form may name a record by. */
export function isUuid(text: string): boolean {
	return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);
}

/** The record that an address names by this parameter; null where it names none. */
export function uuidIn(url: URL, name: string): string | null {
	const asked = url.searchParams.get(name) ?? '';
	return isUuid(asked) ? asked : null;
}
