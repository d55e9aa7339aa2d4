/**
 * What the comparison page shows beside its figures: targets judged, established falls, the province's
 * indices; one value for the page, in the reader's language. The files have beside-report.ts.
 */
import { formatDate } from '$lib/i18n/dates';
import { inLocale, type Localised } from '$lib/i18n/localised';
import type { Locale } from '$lib/i18n/locale';
import { formatCount } from '$lib/i18n/numbers';
import { m } from '$lib/i18n/paraglide/messages.js';
import { OVERALL, type Measure } from '$lib/scoring/attribution';
import { periodInSentence } from '$lib/transparency/period-label';
import { measureName, percent, seriesName } from '$lib/transparency/words';
import { seriesOf, type Comparison } from './comparison';
import { establishedFalls, type Fall } from './falls';
import { judgedRows, type JudgedRow } from './targets';

export const TARGET_STATES = {
	reached: { sign: '✓', words: m.targets_reached },
	missed: { sign: '✗', words: m.targets_missed },
	cannot_be_told: { sign: '?', words: m.targets_cannot }
} as const;

/** The name of a measure, with its series where both stand in the comparison. */
export function namesOf({ cells }: Comparison): (measure: Measure) => string {
	const asked = [...new Set([...cells.keys()].map((key) => key.split(' ')[1] as Measure))];
	const series = seriesOf(asked);
	return (measure) => {
		const own = series.get(measure);
		return own ? `${measureName(measure)} (${seriesName(own)})` : measureName(measure);
	};
}

/** "100,0% của 30 người trả lời mới chứng minh được từ 88,6% trở lên."; null where it says nothing new. */
export function provesOnlyText(
	row: Pick<JudgedRow, 'figure' | 'provesOnly' | 'target'>,
	locale: Locale
): string | null {
	const { figure, provesOnly } = row;
	if (provesOnly === null || figure.state !== 'shown') return null;
	// Told with one decimal the two may be the same; the sentence would contradict itself.
	if (percent(provesOnly, locale) === percent(row.target.target, locale)) return null;
	return m.targets_proves({
		value: percent(figure.value, locale),
		count: formatCount(figure.persons, locale),
		low: percent(provesOnly, locale)
	});
}

/** A fall as one line: what, from where to where. */
export function fallLine(fall: Fall, locale: Locale): { from: string; to: string } {
	return { from: percent(fall.before.value, locale), to: percent(fall.now.value, locale) };
}

function fallsOf(comparison: Comparison, locale: Locale, nameOf: (measure: Measure) => string) {
	return establishedFalls(comparison).map((fall) => ({
		unitId: fall.unitId,
		unit: inLocale(fall.names, locale),
		measure: fall.measure,
		name: nameOf(fall.measure),
		...fallLine(fall, locale),
		versions: (fall.explanation?.versions ?? []).map(({ text, on, by }) => ({
			text,
			by: by
				? m.falls_by({ name: by, day: formatDate(on, locale) })
				: m.falls_by_day({ day: formatDate(on, locale) })
		}))
	}));
}

/** @param measure the one the page shows: peers are judged by it, the unit itself by every target */
export function besideFigures(
	comparison: Comparison,
	peers: Parameters<typeof judgedRows>[1],
	measure: Measure,
	locale: Locale
) {
	const nameOf = namesOf(comparison);
	const name = (names: Localised) => inLocale(names, locale);
	return {
		/** One part of the answers has no targets. */
		isWhole: comparison.cross === null,
		before: comparison.before ? periodInSentence(comparison.before.code, locale) : '',
		targets: judgedRows(comparison, peers, [measure]).map((row) => ({
			unitId: row.unitId,
			unit: name(row.names),
			name: nameOf(row.measure),
			target: percent(row.target.target, locale),
			setAt: row.target.setAt.id === row.unitId ? null : name(row.target.setAt.names),
			figure: row.figure,
			state: row.state,
			provesOnly: provesOnlyText(row, locale)
		})),
		falls: fallsOf(comparison, locale, nameOf),
		goals: comparison.settings.goals
	};
}

/** A figure against its target in words; null where nothing may be shown. */
export function judgedSentence(
	row: Pick<JudgedRow, 'figure' | 'state' | 'provesOnly' | 'target'>,
	name: string,
	locale: Locale
): string | null {
	if (row.state === null) return null;
	const words = {
		reached: m.targets_sentence_reached,
		missed: m.targets_sentence_missed,
		cannot_be_told: m.targets_sentence_cannot
	}[row.state];
	const sentence = words({ measure: name, target: percent(row.target.target, locale) });
	return [sentence, provesOnlyText(row, locale)].filter(Boolean).join(' ');
}

/** The unit's own overall figure against its target, in one sentence; null without a target. */
export function targetSentence(comparison: Comparison, locale: Locale): string | null {
	const own = judgedRows(comparison, []).find(({ measure }) => measure === OVERALL);
	return own ? judgedSentence(own, measureName(OVERALL), locale) : null;
}
