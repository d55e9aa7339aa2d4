/** Where the same page stands in another language. Knows addresses only. */
import type { Locale } from './locale';

/** The address in another language, relative to the page; what else it asks for stays. */
export function languageAddress(url: URL, other: Locale): string {
	const kept = [...url.searchParams].filter(([name]) => name !== 'lang');
	return `?${new URLSearchParams([...kept, ['lang', other]])}`;
}
