/** The form of a target: its choices, and a level as people write it ("97,5") as thousandths. Pure. */
import type { Locale } from '$lib/i18n/locale';
import { formatNumber } from '$lib/i18n/numbers';
import { formatPeriod, type Period } from '$lib/scoring/period';
import { periodName } from '$lib/transparency/period-label';

export const TARGETED = [
	'overall',
	'access',
	'procedure',
	'conduct',
	'result',
	'complaints'
] as const;

/** A number with at most one decimal, comma or point, with or without a percent sign. */
export const LEVEL = /^\d{1,3}([.,]\d)?\s*%?$/;

export const permilleOf = (text: string): number =>
	Math.round(10 * Number(text.replace('%', '').trim().replace(',', '.')));

/** "100" or "97,5": as it is typed again. */
export const levelText = (permille: number, locale: Locale): string =>
	formatNumber(permille / 10, permille % 10 === 0 ? 0 : 1, locale);

/** Periods a target may be set for: this reporting year and the next, the whole year first. */
export function periodOptions(year: number, locale: Locale): { value: string; label: string }[] {
	const of = (each: number): Period[] => [
		{ year: each, kind: 'year', number: 1 },
		{ year: each, kind: 'half', number: 1 },
		{ year: each, kind: 'nine_months', number: 1 },
		...[1, 2, 3, 4].map((number) => ({ year: each, kind: 'quarter', number }) as const),
		...Array.from(
			{ length: 12 },
			(_, at) => ({ year: each, kind: 'month', number: at + 1 }) as const
		)
	];
	return [...of(year), ...of(year + 1)].map((period) => {
		const value = formatPeriod(period);
		return { value, label: periodName(value, locale) };
	});
}
