/**
 * The answer first: where we stand, what changed, who stands out and with what, what is weakest and
 * whose work that is. Each sentence follows from figures by a rule and leads to its evidence.
 */
import { inLocale } from '$lib/i18n/localised';
import type { Locale } from '$lib/i18n/locale';
import { m } from '$lib/i18n/paraglide/messages.js';
import { dimensionOf, OVERALL, type Measure } from '$lib/scoring/attribution';
import { periodInSentence } from '$lib/transparency/period-label';
import { measureName, percent } from '$lib/transparency/words';
import { ownFigure, type Comparison } from './comparison';
import { rowsBy, type ComparedRow, type SideBySide } from './side-by-side';
import { targetSentence } from './beside';
import { ownerSentence } from './owners';
import { weakestOf } from './weakest';

export interface Finding {
	text: string;
	/** Where on the page its evidence stands, and what the link to it is called. */
	evidence: { id: 'figures' | 'trend' | 'groups' | 'items' | 'targets'; label: string };
}

/** At least one sentence as soon as there is a figure. */
export function findings(side: SideBySide, locale: Locale): Finding[] {
	const { comparison } = side;
	return [
		...standing(comparison, locale),
		...change(comparison, locale),
		...standingOut(side, locale),
		...weakest(comparison, locale),
		...target(comparison, locale)
	];
}

function standing(comparison: Comparison, locale: Locale): Finding[] {
	const { now } = ownFigure(comparison);
	if (!now || now.state === 'hidden') return [];
	const limits = { low: percent(now.low, locale), high: percent(now.high, locale) };
	const text =
		now.state === 'interval'
			? m.results_sentence_few({ count: now.persons, ...limits })
			: m.compare_standing({ share: percent(now.value, locale), ...limits });
	return [{ text, evidence: { id: 'figures', label: m.compare_see_figures() } }];
}

function change(comparison: Comparison, locale: Locale): Finding[] {
	const { now, before, change: kind } = ownFigure(comparison);
	const evidence = { id: 'trend', label: m.compare_see_change() } as const;
	if (!now || now.state === 'hidden') return [];
	if (!comparison.before) return [{ text: m.compare_no_before(), evidence }];
	const period = periodInSentence(comparison.before.code, locale);
	if (kind === 'not_compared' || before?.state !== 'shown') {
		return [{ text: m.compare_change_unknown({ period }), evidence }];
	}
	const words = {
		up: m.compare_went_up,
		down: m.compare_went_down,
		not_established: m.compare_no_change
	}[kind];
	return [{ text: words({ period, before: percent(before.value, locale) }), evidence }];
}

/** The measure in which most of the units are below their peers; null without one. */
function commonWeakness({ measures, rows }: SideBySide, units: Set<string>): Measure | null {
	const counts = measures
		.map((measure, at) => ({
			measure,
			count: rows.filter(({ id, cells }) => units.has(id) && cells[at]?.group === 'below').length
		}))
		.filter(({ measure, count }) => measure !== OVERALL && count > 0)
		.sort((a, b) => b.count - a.count);
	return counts[0]?.measure ?? null;
}

function standingOut(side: SideBySide, locale: Locale): Finding[] {
	const rows = rowsBy(side);
	const evidence = { id: 'groups', label: m.compare_see_groups() } as const;
	if (rows.filter(({ group }) => group !== 'not_compared').length < 2) {
		return [{ text: m.compare_no_peers(), evidence }];
	}
	const named = (list: ComparedRow[]) =>
		list.map(({ names }) => inLocale(names, locale)).join(locale === 'zh' ? '、' : ', ');
	const [below, above] = (['below', 'above'] as const).map((kind) =>
		rows.filter(({ group }) => group === kind)
	) as [ComparedRow[], ComparedRow[]];
	const texts: string[] = [];
	if (below.length > 0) {
		const measure = commonWeakness(side, new Set(below.map(({ id }) => id)));
		const units = named(below);
		texts.push(
			measure
				? m.compare_below_most({ units, measure: measureName(measure) })
				: m.compare_below({ units })
		);
	}
	if (above.length > 0) texts.push(m.compare_above({ units: named(above) }));
	if (texts.length === 0) texts.push(m.compare_nobody_stands_out());
	return texts.map((text) => ({ text, evidence }));
}

function weakest(comparison: Comparison, locale: Locale): Finding[] {
	const found = weakestOf(comparison);
	if (!found) return [];
	const measure = measureName(found.measure);
	const value = percent(found.value, locale);
	const item = comparison.items.find(({ code }) => code === found.item?.code);
	const what = found.tiedWith
		? m.compare_weakest_tied({ measure, value, next: measureName(found.tiedWith) })
		: found.item && item
			? m.compare_weakest({
					measure,
					value,
					item: inLocale(item.texts, locale),
					item_value: percent(found.item.value, locale)
				})
			: m.compare_weakest_alone({ measure, value });
	const owner = ownerSentence(dimensionOf(found.measure), comparison.settings.owners);
	return [{ text: `${what} ${owner}`, evidence: { id: 'items', label: m.compare_see_items() } }];
}

function target(comparison: Comparison, locale: Locale): Finding[] {
	const text = targetSentence(comparison, locale);
	return text ? [{ text, evidence: { id: 'targets', label: m.targets_see() } }] : [];
}
