/** A UUID in its usual text form, either case. */
export function match(param: string): boolean {
	return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(param);
}
