/** What the parts of the answers are called that can be looked at alone. */
import { inLocale } from '$lib/i18n/localised';
import type { Locale } from '$lib/i18n/locale';
import { m } from '$lib/i18n/paraglide/messages.js';
import type { Crossing } from './comparison';

const WORDS: Record<string, () => string> = {
	'pool:verified': m.compare_cross_pool_verified,
	'pool:open': m.compare_cross_pool_open,
	'pool:imported': m.compare_cross_pool_imported,
	'channel:qr': m.compare_cross_channel_qr,
	'channel:kiosk': m.compare_cross_channel_kiosk,
	'channel:link': m.compare_cross_channel_link,
	'channel:paper': m.compare_cross_channel_paper,
	'channel:import': m.compare_cross_channel_import
};

export function crossingName({ kind, value, names, number }: Crossing, locale: Locale): string {
	const name = names ? inLocale(names, locale) : '';
	if (kind === 'version') return m.compare_cross_version({ name, number: number ?? '' });
	if (kind === 'group') return m.compare_cross_group({ name: name || m.compare_cross_no_group() });
	return WORDS[`${kind}:${value}`]?.() ?? value;
}
