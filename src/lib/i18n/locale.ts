/**
 * Which of the three languages a request is shown in.
 * Owns: the list of locales and the choice by address, then by browser, then Vietnamese.
 * Must not know: cookies (nothing is kept on the phone), routes, texts.
 */

export const LOCALES = ['vi', 'zh', 'en'] as const;
export type Locale = (typeof LOCALES)[number];
export const BASE_LOCALE: Locale = 'vi';

/** The value of the `lang` attribute: screen readers choose the voice by it. */
export const HTML_LANG: Record<Locale, string> = { vi: 'vi', zh: 'zh-Hans', en: 'en' };

export function isLocale(value: unknown): value is Locale {
	return LOCALES.includes(value as Locale);
}

/**
 * Chooses the language of a request.
 * @param asked value of `?lang=`, wins when it names one of ours
 * @param acceptLanguage the header as it came, quality values respected
 */
export function chooseLocale(asked: string | null, acceptLanguage: string | null): Locale {
	if (isLocale(asked)) return asked;
	const wishes = (acceptLanguage ?? '')
		.slice(0, 500)
		.split(',')
		.map((part, order) => {
			const [tag = '', ...parameters] = part.trim().toLowerCase().split(';');
			const quality = parameters.map((p) => p.trim()).find((p) => p.startsWith('q='));
			return { language: tag.split('-')[0], weight: quality ? Number(quality.slice(2)) : 1, order };
		})
		.filter((wish) => isLocale(wish.language) && wish.weight > 0)
		.sort((a, b) => b.weight - a.weight || a.order - b.order);
	const best = wishes[0]?.language;
	return isLocale(best) ? best : BASE_LOCALE;
}
