/**
 * Numbers as the reader's language writes them: 83,9% and 1.234 in Vietnamese.
 * Owns: formats. Must not know: what the number measures.
 */
import { BASE_LOCALE, type Locale } from './locale.ts';

const TAGS: Record<Locale, string> = { vi: 'vi-VN', zh: 'zh-CN', en: 'en-GB' };
const formats = new Map<string, Intl.NumberFormat>();

function format(locale: Locale, digits: number): Intl.NumberFormat {
	const key = `${locale} ${digits}`;
	let found = formats.get(key);
	if (!found) {
		found = new Intl.NumberFormat(TAGS[locale], {
			minimumFractionDigits: digits,
			maximumFractionDigits: digits
		});
		formats.set(key, found);
	}
	return found;
}

/** A whole number with thousands separated: `1.234` in Vietnamese. */
export function formatCount(value: number, locale: Locale = BASE_LOCALE): string {
	return format(locale, 0).format(value);
}

/** A number with a fixed number of decimals: `3,4` in Vietnamese. */
export function formatNumber(value: number, digits: number, locale: Locale = BASE_LOCALE): string {
	return format(locale, digits).format(value);
}

/**
 * A percentage with one decimal, without a space before the sign: `83,9%` in Vietnamese.
 * @param percent on the scale 0–100, not a share of 1
 */
export function formatPercent(percent: number, locale: Locale = BASE_LOCALE, digits = 1): string {
	return `${format(locale, digits).format(percent)}%`;
}
