/** How figures and measures are written: the one place that turns fractions into percent. */
import { formatNumber, formatPercent } from '$lib/i18n/numbers';
import type { Locale } from '$lib/i18n/locale';
import { m } from '$lib/i18n/paraglide/messages.js';
import { dimensionOf, type Dimension, type Measure, type Series } from '$lib/scoring/attribution';
import type { Interval } from '$lib/scoring/interval';
import type { Formula } from '$lib/scoring/tally';

/** A fraction as percent with one decimal: `84,7%`. */
export function percent(fraction: number, locale: Locale): string {
	return formatPercent(100 * fraction, locale);
}

/** Both limits with an en dash: `83,4–85,9%`. */
export function intervalText({ low, high }: Interval, locale: Locale): string {
	return `${formatNumber(100 * low, 1, locale)}–${percent(high, locale)}`;
}

/** What is written in another language than the page: paper for a wall. */
interface InLanguage {
	locale?: Locale;
}

/** The name of a dimension. */
export function dimensionName(dimension: Dimension, options: InLanguage = {}): string {
	return {
		overall: m.results_measure_overall,
		access: m.results_measure_access,
		procedure: m.results_measure_procedure,
		conduct: m.results_measure_conduct,
		result: m.results_measure_result,
		complaints: m.results_measure_complaints
	}[dimension]({}, options);
}

/** The name of a measure; both series of a dimension are called the same. */
export const measureName = (measure: Measure, options?: InLanguage): string =>
	dimensionName(dimensionOf(measure), options);

/** What a group of items or a table is called: all forms, the quick one or the longer ones. */
export function seriesName(series: 'overall' | Series): string {
	if (series === 'overall') return m.results_measure_overall();
	return series === 'quick' ? m.results_series_quick() : m.results_series_items();
}

/** What the figures of a formula are called. */
export function formulaName(formula: Formula): string {
	return formula === 'top2' ? m.results_formula_top2() : m.results_formula_mean();
}
