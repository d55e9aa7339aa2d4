/** What stands behind the figures of a comparison: formula, answers, versions, response rate. In words. */
import { inLocale } from '$lib/i18n/localised';
import type { Locale } from '$lib/i18n/locale';
import { formatCount } from '$lib/i18n/numbers';
import { m } from '$lib/i18n/paraglide/messages.js';
import { OVERALL } from '$lib/scoring/attribution';
import type { RankSet } from '$lib/scoring/peers';
import { responseRate } from '$lib/scoring/response-rate';
import { percent } from '$lib/transparency/words';
import { cellOf, type Comparison } from './comparison';
import { crossingName } from './crossings';

/** "hạng 12–41/65": never a place alone. */
export const rankText = ({ best, worst, of }: RankSet): string => m.rank_text({ best, worst, of });

/** Which pools the answers are from; what is told only of closed periods is not told while one runs. */
function pools({ crossings, cross }: Comparison, locale: Locale): string {
	if (cross?.startsWith('pool:')) {
		const found = crossings.find(({ kind, value }) => `${kind}:${value}` === cross);
		return found ? crossingName(found, locale) : '';
	}
	const names = crossings
		.filter(({ kind }) => kind === 'pool')
		.map((each) => crossingName(each, locale));
	return names.length > 0 ? names.join('; ') : m.facts_pool_running();
}

function rateText(served: Comparison['served'], locale: Locale): string {
	const rate = responseRate(served);
	const isKnown = rate.state === 'known' || rate.state === 'low';
	return isKnown ? percent(rate.rate, locale) : m.facts_rate_unknown();
}

/** Term by term, for the page and the annex of a report. */
export function factEntries(comparison: Comparison, locale: Locale): [string, string][] {
	const { unit, cells, versions, served, cross, crossings } = comparison;
	const overall = cellOf(cells, unit.id, OVERALL);
	const part = crossings.find(({ kind, value }) => `${kind}:${value}` === cross);
	return [
		...(part ? [[m.compare_cross(), crossingName(part, locale)] satisfies [string, string]] : []),
		[m.facts_pool(), pools(comparison, locale)],
		[
			m.facts_versions(),
			versions.length > 0
				? versions
						.map(({ names, number }) =>
							m.compare_cross_version({ name: inLocale(names, locale), number })
						)
						.join('; ')
				: m.facts_versions_running()
		],
		[
			m.compare_count_column(),
			overall && overall.state !== 'hidden'
				? formatCount(overall.sums.top2.persons, locale)
				: m.report_hidden()
		],
		// People served are not counted by part.
		...(part ? [] : [[m.facts_rate(), rateText(served, locale)] satisfies [string, string]])
	];
}
