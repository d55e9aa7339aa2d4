/** What would help, in words. An association is called one: "đi cùng", never a cause. */
import { inLocale } from '$lib/i18n/localised';
import type { Locale } from '$lib/i18n/locale';
import { formatNumber } from '$lib/i18n/numbers';
import { m } from '$lib/i18n/paraglide/messages.js';
import { measureName, percent } from '$lib/transparency/words';
import type { Help, HelpRow } from './help';
import { kindName } from './kinds';

/** Points of a hundred with a true minus. */
export const pointsText = (share: number, locale: Locale): string =>
	formatNumber(100 * share, 1, locale).replace('-', '−');

/** "+2,1 (0,4–3,8)" points; a minus in front where the unit is the better one. */
export function liftText(
	lift: { value: number; low: number; high: number },
	locale: Locale
): string {
	const sign = lift.value > 0 ? '+' : '';
	const range = m.help_range({
		low: pointsText(lift.low, locale),
		high: pointsText(lift.high, locale)
	});
	return `${sign}${pointsText(lift.value, locale)} (${range})`;
}

/** "0,4 (0,2 đến 0,6)", and whether it may be nothing. */
export function associationText(phi: NonNullable<HelpRow['association']>, locale: Locale): string {
	const [value, low, high] = [phi.value, phi.low, phi.high].map((tenths) =>
		formatNumber(tenths / 10, 1, locale).replace('-', '−')
	) as [string, string, string];
	return `${value} (${m.help_range({ low, high })})`;
}

export const isAssociated = (phi: HelpRow['association']): boolean => phi !== null && phi.low > 0;

/** With whom the unit is compared. */
export const peersText = ({ peers }: Help): string =>
	peers.units > 0
		? m.help_peers({ count: peers.units, kind: kindName(peers.kind) })
		: m.help_peers_rest();

/** One or two sentences: what is established to be lower than the peers, and how much it would lift. */
export function helpSentences(help: Help, rows: readonly HelpRow[], locale: Locale): string[] {
	if (help.peers.items.length === 0) return [m.help_no_peers()];
	const needed = rows.filter(({ gain }) => gain?.isEstablished);
	const [first, ...more] = needed;
	if (!first?.gain) return [m.help_nothing_lower({ peers: peersText(help) })];
	const lift = first.gain.lift ?? first.gain.gap;
	const texts = [
		m.help_first({
			item: inLocale(first.texts, locale),
			own: percent(first.own, locale),
			peers: percent(first.peers ?? 0, locale),
			measure: first.measure ? measureName(first.measure) : inLocale(first.texts, locale),
			lift: pointsText(lift.value, locale),
			low: pointsText(lift.low, locale),
			high: pointsText(lift.high, locale)
		})
	];
	if (more.length > 0) {
		texts.push(
			m.help_more({
				items: more
					.slice(0, 3)
					.map(({ texts: words }) => `“${inLocale(words, locale)}”`)
					.join(locale === 'zh' ? '、' : ', ')
			})
		);
	}
	return texts;
}
