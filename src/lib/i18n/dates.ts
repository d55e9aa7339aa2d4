/**
 * Dates as the reader's language writes them: dd/mm/yyyy in Vietnamese.
 * Dates of the product are calendar days in Asia/Ho_Chi_Minh given as `yyyy-mm-dd`; no time zone
 * is applied here, so a day can never slip to its neighbour.
 */
import { BASE_LOCALE, type Locale } from './locale.ts';

/**
 * `2026-03-14` becomes `14/03/2026` (vi, en) or `2026年3月14日` (zh).
 * @throws RangeError when the text is not a calendar day
 */
export function formatDate(day: string, locale: Locale = BASE_LOCALE): string {
	const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(day);
	if (!match) throw new RangeError(`not a calendar day: ${day}`);
	const [, year, month, date] = match as unknown as [string, string, string, string];
	if (locale === 'zh') return `${year}年${Number(month)}月${Number(date)}日`;
	return `${date}/${month}/${year}`;
}

/** Two days with an en dash: `15/12/2025–14/03/2026`. */
export function formatDateRange(start: string, end: string, locale: Locale = BASE_LOCALE): string {
	return `${formatDate(start, locale)}–${formatDate(end, locale)}`;
}

const WEEKDAYS: Record<Locale, Intl.DateTimeFormat> = {
	vi: new Intl.DateTimeFormat('vi-VN', { weekday: 'long', timeZone: 'UTC' }),
	en: new Intl.DateTimeFormat('en-GB', { weekday: 'long', timeZone: 'UTC' }),
	zh: new Intl.DateTimeFormat('zh-CN', { weekday: 'long', timeZone: 'UTC' })
};

/** The weekday of a calendar day: `Thứ Bảy`. */
export function weekday(day: string, locale: Locale = BASE_LOCALE): string {
	return WEEKDAYS[locale].format(new Date(`${day}T00:00:00Z`));
}
