/** The one range of bytes that a player asks for (RFC 9110, 14.2); several at once are not served. */

/**
 * @param header of the request
 * @param size of the whole
 * @returns first and last byte, or undefined: then the whole is the answer
 */
export function byteRange(header: string | null, size: number): [number, number] | undefined {
	const [, from = '', to = ''] = /^bytes=(\d*)-(\d*)$/.exec(header ?? '') ?? [];
	if (from === '' && to === '') return undefined;
	const first = from === '' ? Math.max(0, size - Number(to)) : Number(from);
	const last = from === '' || to === '' ? size - 1 : Math.min(Number(to), size - 1);
	return first <= last && first < size ? [first, last] : undefined;
}
