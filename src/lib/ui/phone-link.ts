/** A `tel:` address for a number as people write it: digits and a leading plus only. */
export function phoneLink(phone: string): string {
	return `tel:${phone.replace(/(?!^\+)\D/g, '')}`;
}
