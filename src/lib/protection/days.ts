/** Moments of the database as days of the office. */
import { formatDate } from '$lib/i18n/dates';
import type { Locale } from '$lib/i18n/locale';

/** The day in Vietnam on which a moment lies, as the reader writes it. */
export function dayOf(moment: string, locale: Locale): string {
	const day = new Date(moment).toLocaleDateString('sv', { timeZone: 'Asia/Ho_Chi_Minh' });
	return formatDate(day, locale);
}
