import type { LayoutServerLoad } from './$types';
import { isLocale } from '$lib/i18n/locale';

/** The language that the reader asked for in the address: links carry it on. */
export const load: LayoutServerLoad = ({ url, locals }) => {
	const asked = url.searchParams.get('lang');
	return { locale: locals.locale, lang: isLocale(asked) ? asked : null };
};
