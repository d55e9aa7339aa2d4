/** What stands on a one-time slip, in three languages; and on which paper slips are printed. Pure. */
import type { Locale } from '$lib/i18n/locale';
import { formatDate } from '$lib/i18n/dates';
import { m } from '$lib/i18n/paraglide/messages.js';
import { groupedCode } from '$lib/survey/code';
import { qrShape } from './qr';
import type { QrShape } from './qr-shape';

export const SLIP_MOMENTS = ['receive', 'return', 'other'] as const;
export type SlipMoment = (typeof SLIP_MOMENTS)[number];

/** Sheets with cut lines, or a roll of 80 or 58 mm. */
export const SLIP_PAPERS = ['a4', 'r80', 'r58'] as const;
export type SlipPaper = (typeof SLIP_PAPERS)[number];

/** Slips of one batch. */
export const MOST_SLIPS = 500;
/** Slips on an A4 sheet. */
export const PER_SHEET = 10;

export interface Slip {
	code: string;
	qr: QrShape;
}

/** What all slips of a batch say alike. */
export interface SlipWords {
	point: string;
	unit: string;
	moment: string;
	address: string;
	asks: Record<Locale, string>;
	until: string;
}

const MOMENTS = { receive: m.slip_receive, return: m.slip_return, other: m.slip_other };

/** The moment in the words of a slip. */
export function momentWord(moment: SlipMoment, locale?: Locale): string {
	return locale ? MOMENTS[moment]({}, { locale }) : MOMENTS[moment]();
}

/** The moments for which a point may give slips: its own, and for who is refused or sent back. */
export function momentsOf(serves: 'receive' | 'return' | 'both'): SlipMoment[] {
	return serves === 'both' ? [...SLIP_MOMENTS] : [serves, 'other'];
}

/** @param origin scheme and host under which phones reach us */
export function makeSlip(code: string, origin: string): Slip {
	return { code: groupedCode(code), qr: qrShape(`${origin}/m/${code}`) };
}

export function slipWords(
	batch: { point: string; unit: string; moment: SlipMoment; expiresOn: string },
	origin: string
): SlipWords {
	const address = `${origin.replace(/^https?:\/\//, '')}/m`;
	const ask = (locale: Locale) => m.slip_ask({ address }, { locale });
	return {
		point: batch.point,
		unit: batch.unit,
		moment: momentWord(batch.moment, 'vi'),
		address,
		asks: { vi: ask('vi'), zh: ask('zh'), en: ask('en') },
		until: m.slip_until({ date: formatDate(batch.expiresOn, 'vi') }, { locale: 'vi' })
	};
}
