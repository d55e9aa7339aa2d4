/** How a period is called: "Quý II năm 2026 (15/03/2026 – 14/06/2026)". */
import { formatDate } from '$lib/i18n/dates';
import type { Locale } from '$lib/i18n/locale';
import { m } from '$lib/i18n/paraglide/messages.js';
import { parsePeriod } from '$lib/scoring/period';
import type { ListedPeriod } from './results';

const ROMAN = ['', 'I', 'II', 'III', 'IV'];

/** The name without days; the code itself for what is no period. */
export function periodName(code: string, locale: Locale): string {
	const period = parsePeriod(code);
	if (!period) return code;
	const { year, kind, number } = period;
	switch (kind) {
		case 'month':
			return m.period_month({ number, year }, { locale });
		case 'quarter':
			return m.period_quarter(
				{ quarter: locale === 'vi' ? (ROMAN[number] ?? number) : number, year },
				{ locale }
			);
		case 'half':
			return m.period_half({ year }, { locale });
		case 'nine_months':
			return m.period_nine_months({ year }, { locale });
		case 'year':
			return m.period_year({ year }, { locale });
	}
}

/** The name within a sentence: "so với tháng 6 năm 2026", but "so với Quý II năm 2026". */
export function periodInSentence(code: string, locale: Locale): string {
	const name = periodName(code, locale);
	const isProper = locale === 'vi' && name.startsWith('Quý');
	return isProper ? name : name.charAt(0).toLowerCase() + name.slice(1);
}

/** The name with its first and last day, and whether it still runs. */
export function periodLabel(period: ListedPeriod, locale: Locale): string {
	const label = m.period_with_days(
		{
			period: periodName(period.code, locale),
			start: formatDate(period.start, locale),
			end: formatDate(period.end, locale)
		},
		{ locale }
	);
	return period.closed ? label : `${label} · ${m.period_running({}, { locale })}`;
}
