/** What stands on a poster: pure values in three languages side by side, Vietnamese first. */
import { inLocale } from '$lib/i18n/localised';
import { m } from '$lib/i18n/paraglide/messages.js';
import type { ServicePoint } from '$lib/units/service-point';
import { qrShape } from './qr';
import type { QrShape } from './qr-shape';

/** One line in the three languages; all three are printed. */
export interface Trilingual {
	vi: string;
	zh: string;
	en: string;
}

export interface Poster {
	unit: string;
	organisation: string;
	point: string;
	isDemo: boolean;
	/** What the QR code opens, and the same without `http://` for typing. */
	address: string;
	shortAddress: string;
	qr: QrShape;
	question: Trilingual;
	how: Trilingual;
	lines: Trilingual[];
	safe: Trilingual;
}

/** The address of a service point's form. */
export function formAddress(origin: string, token: string): string {
	return `${origin}/s/${token}`;
}

/** @param origin scheme and host under which phones reach us */
export function makePoster(point: ServicePoint, origin: string): Poster {
	const address = formAddress(origin, point.token);
	const host = origin.replace(/^https?:\/\//, '');
	const duration = {
		30: m.poster_seconds_30,
		60: m.poster_seconds_60,
		120: m.poster_seconds_120
	}[point.seconds];
	const inThree = (write: (locale: keyof Trilingual) => string): Trilingual => ({
		vi: write('vi'),
		zh: write('zh'),
		en: write('en')
	});
	return {
		unit: inLocale(point.unit, 'vi'),
		organisation: inLocale(point.organisation, 'vi'),
		point: inLocale(point.labels, 'vi'),
		isDemo: point.isDemo,
		address,
		shortAddress: `${host}/s/${point.token}`,
		qr: qrShape(address),
		question: inThree((locale) => m.poster_question({}, { locale })),
		how: inThree((locale) =>
			// The two syllables of one word stay together where the line breaks.
			m
				.poster_how({ duration: duration({}, { locale }) }, { locale })
				.replace('trả lời', 'trả\u00a0lời')
		),
		lines: [
			inThree((locale) => m.poster_everyone({}, { locale })),
			inThree((locale) => m.poster_private({}, { locale })),
			inThree((locale) => m.poster_self({}, { locale })),
			...(point.offersPaper ? [inThree((locale) => m.poster_no_phone({}, { locale }))] : [])
		],
		safe: inThree((locale) => m.poster_safe({ host, phone: point.phone }, { locale }))
	};
}
