/**
 * Reporting periods: their codes, their first and last day, and which contains which. Days are ISO
 * text (`2026-03-15`) in the calendar of the office; no clock and no time zone is read here.
 *
 * Administrative reform reports run 15/12–14/3, 15/12–14/6 and so on: in that scheme month m of a
 * year is 15.(m−1)–14.m, and the year begins on 15 December before it (design 5).
 */

export type PeriodScheme = 'administrative' | 'calendar';
export type PeriodKind = 'month' | 'quarter' | 'half' | 'nine_months' | 'year';

/** `number`: the month 1–12 or the quarter 1–4; 1 for the half, the nine months and the year. */
export interface Period {
	year: number;
	kind: PeriodKind;
	number: number;
}

export interface DateRange {
	start: string;
	end: string;
}

const CODE = /^(\d{4})-(?:M(0[1-9]|1[0-2])|Q([1-4])|(H1)|(9M)|(Y))$/;

/** The period of a code like `2026-M06`, `2026-Q2`, `2026-H1`, `2026-9M`, `2026-Y`; else null. */
export function parsePeriod(code: string): Period | null {
	const match = CODE.exec(code);
	if (!match) return null;
	const [, digits, month, quarter, half, nine] = match;
	const year = Number(digits);
	if (month) return { year, kind: 'month', number: Number(month) };
	if (quarter) return { year, kind: 'quarter', number: Number(quarter) };
	return { year, kind: half ? 'half' : nine ? 'nine_months' : 'year', number: 1 };
}

/** The code of a period; the inverse of parsePeriod. */
export function formatPeriod({ year, kind, number }: Period): string {
	const suffix = {
		month: `M${String(number).padStart(2, '0')}`,
		quarter: `Q${number}`,
		half: 'H1',
		nine_months: '9M',
		year: 'Y'
	}[kind];
	return `${String(year).padStart(4, '0')}-${suffix}`;
}

/** First and last month of a period, 1–12. Half and nine months begin with the year. */
export function monthsOf({ kind, number }: Period): { first: number; last: number } {
	switch (kind) {
		case 'month':
			return { first: number, last: number };
		case 'quarter':
			return { first: 3 * number - 2, last: 3 * number };
		case 'half':
			return { first: 1, last: 6 };
		case 'nine_months':
			return { first: 1, last: 9 };
		case 'year':
			return { first: 1, last: 12 };
	}
}

function isoDay(year: number, month: number, day: number): string {
	return new Date(Date.UTC(year, month - 1, day)).toISOString().slice(0, 10);
}

/** First and last day of a period, both inclusive. */
export function rangeOf(period: Period, scheme: PeriodScheme): DateRange {
	const { first, last } = monthsOf(period);
	return scheme === 'administrative'
		? { start: isoDay(period.year, first - 1, 15), end: isoDay(period.year, last, 14) }
		: { start: isoDay(period.year, first, 1), end: isoDay(period.year, last + 1, 0) };
}

/** The month of a scheme that a day belongs to. */
export function monthHolding(day: string, scheme: PeriodScheme): Period {
	const [year = 0, month = 0, date = 0] = day.split('-').map(Number);
	const carried = scheme === 'administrative' && date >= 15 ? month + 1 : month;
	return carried > 12
		? { year: year + 1, kind: 'month', number: 1 }
		: { year, kind: 'month', number: carried };
}

/** Every period of the same year that holds all of this one, from the shortest to the longest. */
export function longerPeriods(period: Period): Period[] {
	const { first, last } = monthsOf(period);
	const { year } = period;
	const quarter = Math.ceil(last / 3);
	const candidates: Period[] = [
		{ year, kind: 'quarter', number: quarter },
		{ year, kind: 'half', number: 1 },
		{ year, kind: 'nine_months', number: 1 },
		{ year, kind: 'year', number: 1 }
	];
	return candidates.filter((candidate) => {
		const outer = monthsOf(candidate);
		const holds = outer.first <= first && last <= outer.last;
		return holds && outer.last - outer.first > last - first;
	});
}

/** The period of the same kind just before; the half, nine months and year step by whole years. */
export function previousPeriod({ year, kind, number }: Period): Period {
	if (number > 1) return { year, kind, number: number - 1 };
	const last = kind === 'month' ? 12 : kind === 'quarter' ? 4 : 1;
	return { year: year - 1, kind, number: last };
}

/** The period of the same kind just after; the inverse of previousPeriod. */
export function nextPeriod({ year, kind, number }: Period): Period {
	const last = kind === 'month' ? 12 : kind === 'quarter' ? 4 : 1;
	return number < last ? { year, kind, number: number + 1 } : { year: year + 1, kind, number: 1 };
}
