/**
 * The answer first: what a unit's figures say, in sentences. Says "up" or "down" only where scoring
 * has established it, and never more than the figures hold.
 */
import { m } from '$lib/i18n/paraglide/messages.js';
import type { Locale } from '$lib/i18n/locale';
import { formatCount } from '$lib/i18n/numbers';
import { OVERALL, QUICK_SERIES, type Measure, type Series } from '$lib/scoring/attribution';
import { periodInSentence } from '$lib/transparency/period-label';
import { measureName, percent, seriesName } from '$lib/transparency/words';
import type { DimensionRow, FactRow, WaitingRow } from './picture';

const isQuick = (measure: Measure) => (QUICK_SERIES as readonly Measure[]).includes(measure);
const seriesOf = ({ measure }: DimensionRow): 'overall' | Series =>
	measure === OVERALL ? 'overall' : isQuick(measure) ? 'quick' : 'items';

/** Rows by series, the overall question first; `name` only where both series are on the page. */
export function rowGroups(rows: readonly DimensionRow[]): { name: string; rows: DimensionRow[] }[] {
	const groups = (['overall', 'items', 'quick'] as const)
		.map((series) => ({ series, rows: rows.filter((row) => seriesOf(row) === series) }))
		.filter((group) => group.rows.length > 0);
	const hasBoth = groups.filter(({ series }) => series !== 'overall').length === 2;
	return groups.map(({ series, rows }) => ({
		name: hasBoth && series !== 'overall' ? seriesName(series) : '',
		rows
	}));
}

/** The name of a row; with its form where both series are on the page. */
export function rowName(row: DimensionRow, rows: readonly DimensionRow[]): string {
	const name = measureName(row.measure);
	const series = rowGroups(rows).find((group) => group.rows.includes(row))?.name;
	return series ? m.feedback_of_series({ name, series }) : name;
}

/**
 * @param before code of the period before, null when there is none
 * @returns at least one sentence when there is any row
 */
export function answerSentences(
	rows: readonly DimensionRow[],
	mended: FactRow | null,
	before: string | null,
	locale: Locale
): string[] {
	const overall = rows.find(({ measure }) => measure === OVERALL);
	return [
		...(overall ? [overallSentence(overall, locale)] : []),
		...changeSentences(rows, before, locale),
		...mendedSentence(mended, locale)
	].filter((sentence) => sentence !== null);
}

function overallSentence({ figure }: DimensionRow, locale: Locale): string | null {
	if (figure.state === 'hidden') return null;
	const limits = { low: percent(figure.low, locale), high: percent(figure.high, locale) };
	return figure.state === 'interval'
		? m.results_sentence_few({ count: figure.persons, ...limits })
		: m.results_sentence({ share: Math.round(100 * figure.value), ...limits });
}

function changeSentences(
	rows: readonly DimensionRow[],
	before: string | null,
	locale: Locale
): string[] {
	if (!before) return [];
	const period = periodInSentence(before, locale);
	const compared = rows.filter(({ change }) => change !== null);
	if (compared.length === 0) return [m.feedback_not_compared({ period })];
	const named = (kind: 'up' | 'down') =>
		compared
			.filter(({ change }) => change?.kind === kind)
			.map((row) => rowName(row, rows))
			.join(', ');
	const [up, down] = [named('up'), named('down')];
	const sentences = [
		...(down ? [m.feedback_went_down({ period, names: down })] : []),
		...(up ? [m.feedback_went_up({ period, names: up })] : [])
	];
	if (sentences.length === 0) return [m.feedback_no_change({ period })];
	return sentences;
}

function mendedSentence(mended: FactRow | null, locale: Locale): string[] {
	const answers = mended?.answers;
	if (answers?.state !== 'shown') return [];
	const first = answers.choices[0];
	if (!first || first.isNothing) return [];
	return [
		m.feedback_mended_first({
			what: first.text.toLocaleLowerCase(locale),
			count: formatCount(first.persons, locale),
			persons: formatCount(answers.persons, locale)
		})
	];
}

/** How a row changed against the period before, and the figure that it is compared with. */
export function changeWords(
	{ figure, change }: DimensionRow,
	locale: Locale
): { words: string; before: string } {
	if (!change) {
		return { words: figure.state === 'shown' ? m.feedback_change_unknown() : '', before: '' };
	}
	const words = {
		up: m.feedback_change_up,
		down: m.feedback_change_down,
		not_established: m.feedback_change_none
	}[change.kind]();
	return { words, before: m.feedback_before({ before: percent(change.before, locale) }) };
}

/** Why the answers of a point are in no figure yet. */
export function waitingWords({ waiting, missing }: WaitingRow, locale: Locale): string {
	const count = formatCount(waiting, locale);
	return missing > 0
		? m.feedback_point_missing({ count, missing })
		: m.feedback_point_tomorrow({ count });
}
