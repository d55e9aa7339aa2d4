/**
 * Pages that run in the browser (charts, office) read their locale from the document that the
 * server rendered: nothing is guessed twice. Citizen pages load no script at all.
 */
import { BASE_LOCALE, LOCALES } from '$lib/i18n/locale';
import { overwriteGetLocale } from '$lib/i18n/paraglide/runtime.js';

overwriteGetLocale(
	() => LOCALES.find((locale) => document.documentElement.lang.startsWith(locale)) ?? BASE_LOCALE
);
