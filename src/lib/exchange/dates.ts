/**
 * Days as files write them: dd/mm/yyyy, yyyy-mm-dd, mm/dd/yyyy where somebody says so, and the serial
 * numbers of Excel. Pure; a day is text `yyyy-mm-dd`, no time zone is ever applied.
 */
export const DATE_FORMATS = ['dmy', 'mdy', 'ymd'] as const;
export type DateFormat = (typeof DATE_FORMATS)[number];

const SEPARATED = /^(\d{1,4})[/.-](\d{1,2})[/.-](\d{1,4})(?:[ T].*)?$/;
const DAY_MS = 86_400_000;
/** Serials of 1954 to 2119: no count of a day and no year looks like one. */
const [FIRST_SERIAL, LAST_SERIAL] = [20_000, 80_000];

function dayOf(year: number, month: number, day: number): string | undefined {
	const full = year < 100 ? 2000 + year : year;
	const date = new Date(Date.UTC(full, month - 1, day));
	const isReal = date.getUTCMonth() === month - 1 && date.getUTCDate() === day && full >= 1900;
	return isReal && full < 2200 ? date.toISOString().slice(0, 10) : undefined;
}

/** The day of an Excel serial (1 January 1900 is 1; Excel counts a 29 February 1900 that never was). */
export function daySerial(serial: number): string | undefined {
	if (serial < FIRST_SERIAL || serial >= LAST_SERIAL) return undefined;
	return new Date(Math.floor(serial - 25_569) * DAY_MS).toISOString().slice(0, 10);
}

/** @returns undefined when this is no day; a time behind it is dropped */
export function parseDay(value: string | number, format: DateFormat = 'dmy'): string | undefined {
	const text = String(value).trim();
	if (/^\d{5}(\.\d+)?$/.test(text)) return daySerial(Number(text));
	const match = SEPARATED.exec(text);
	if (!match) return undefined;
	const [first, second, third] = match.slice(1, 4).map(Number) as [number, number, number];
	if (match[1]!.length === 4) return dayOf(first, second, third);
	if (match[3]!.length !== 4 && match[3]!.length !== 2) return undefined;
	return format === 'mdy' ? dayOf(third, first, second) : dayOf(third, second, first);
}
