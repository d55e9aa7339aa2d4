/**
 * A comparison as a report: the sentences of the page, its tables, its method. What the page hides has
 * no number here either. Run in Vietnamese: offices report in it, whatever language the page has.
 */
import { inLocale } from '$lib/i18n/localised';
import { formatCount } from '$lib/i18n/numbers';
import { m } from '$lib/i18n/paraglide/messages.js';
import type { Report, ReportTable, Cell as ReportCell } from '$lib/reports/report';
import type { Measure } from '$lib/scoring/attribution';
import { responseRate } from '$lib/scoring/response-rate';
import { EXCLUDED_TOLD_FROM, figureOf, type Figure } from '$lib/scoring/suppression';
import { sumsOfLevels } from '$lib/scoring/tally';
import { periodInSentence, periodLabel } from '$lib/transparency/period-label';
import type { ListedPeriod } from '$lib/transparency/results';
import { measureName, percent, seriesName } from '$lib/transparency/words';
import { FORMULA, seriesOf, type Comparison } from './comparison';
import { groupWords } from './groups';
import { methodEntries } from './method';
import { findings } from './sentences';
import { rowsBy, type SideBySide } from './side-by-side';

const LOCALE = 'vi';

/** Value, interval and number of answers of a figure; words where there is none. */
function figureCells(figure: Figure): [ReportCell, ReportCell, ReportCell] {
	if (figure.state === 'hidden') {
		const none = m.report_hidden();
		return [none, none, none];
	}
	const interval = { low: 100 * figure.low, high: 100 * figure.high };
	const value = figure.state === 'shown' ? 100 * figure.value : '–';
	return [value, interval, figure.persons];
}

const FIGURE_COLUMNS = (): ReportTable['columns'] => [
	{ head: m.compare_value_column(), kind: 'percent' },
	{ head: m.compare_range_column(), kind: 'interval' },
	{ head: m.compare_count_column(), kind: 'count' }
];

function unitsTable(side: SideBySide): ReportTable {
	return {
		name: m.report_sheet_units(),
		title: m.report_table_units(),
		columns: [
			{ head: m.compare_unit_column(), kind: 'text' },
			...FIGURE_COLUMNS(),
			{ head: m.compare_group_column(), kind: 'text' }
		],
		rows: rowsBy(side).map(({ names, figure, group }) => [
			inLocale(names, LOCALE),
			...figureCells(figure),
			groupWords(group)
		]),
		notes: [m.results_not_sipas(), m.compare_method_rank()]
	};
}

function measuresTable({ measures, rows }: SideBySide): ReportTable {
	const series = seriesOf(measures);
	const nameOf = (measure: Measure) => {
		const own = series.get(measure);
		return own ? `${measureName(measure)} (${seriesName(own)})` : measureName(measure);
	};
	return {
		name: m.report_sheet_measures(),
		title: m.report_table_measures(),
		columns: [
			{ head: m.compare_unit_column(), kind: 'text' },
			{ head: m.compare_measure(), kind: 'text' },
			...FIGURE_COLUMNS(),
			{ head: m.compare_group_column(), kind: 'text' }
		],
		rows: rows.flatMap(({ names, cells }) =>
			cells.flatMap((cell, at) =>
				cell
					? [
							[
								inLocale(names, LOCALE),
								nameOf(measures[at]!),
								...figureCells(cell.figure),
								groupWords(cell.group)
							]
						]
					: []
			)
		),
		notes: [m.compare_group_none_note(), m.unit_for_mending()]
	};
}

function itemsTable({ items, unit }: Comparison): ReportTable | null {
	if (items.length === 0) return null;
	return {
		name: m.report_sheet_items(),
		title: m.report_table_items({ unit: inLocale(unit.names, LOCALE) }),
		columns: [
			{ head: m.report_code_column(), kind: 'code' },
			{ head: m.report_item_column(), kind: 'text' },
			...FIGURE_COLUMNS()
		],
		rows: items.map(({ code, texts, counts }) => {
			const figure: Figure =
				counts.state === 'hidden'
					? counts
					: figureOf(
							{
								state: counts.state,
								sums: {
									top2: sumsOfLevels(counts.levels, 'top2'),
									mean: sumsOfLevels(counts.levels, 'mean')
								}
							},
							FORMULA
						);
			return [code, inLocale(texts, LOCALE), ...figureCells(figure)];
		}),
		notes: []
	};
}

/** @param period the comparison's own; a report without a period does not exist */
export function reportOf(side: SideBySide, period: ListedPeriod): Report {
	const { comparison } = side;
	const rate = responseRate(comparison.served);
	const isKnown = rate.state === 'known' || rate.state === 'low';
	const items = itemsTable(comparison);
	return {
		organisation: inLocale(comparison.organisation.names, LOCALE),
		unit: inLocale(comparison.unit.names, LOCALE),
		period: periodLabel(period, LOCALE),
		subject: m.report_subject({ period: periodInSentence(period.code, LOCALE) }),
		sentences: [
			...(period.closed ? [] : [m.report_running()]),
			...findings(side, LOCALE).map(({ text }) => text),
			...(isKnown
				? [
						m.report_rate({
							rate: percent(rate.rate, LOCALE),
							answered: formatCount(rate.answered),
							served: formatCount(rate.served)
						})
					]
				: []),
			...(comparison.excluded >= EXCLUDED_TOLD_FROM
				? [m.evidence_excluded_period({ count: formatCount(comparison.excluded) })]
				: [])
		],
		tables: [unitsTable(side), measuresTable(side), ...(items ? [items] : [])],
		method: methodEntries().map(([term, words]) => `${term}: ${words}`)
	};
}
