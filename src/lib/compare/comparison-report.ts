/**
 * A comparison as a report: the sentences of the page, its tables, its method. What the page hides has
 * no number here either. Run in Vietnamese: offices report in it, whatever language the page has.
 */
import { inLocale } from '$lib/i18n/localised';
import { formatCount } from '$lib/i18n/numbers';
import { m } from '$lib/i18n/paraglide/messages.js';
import type { Report, ReportPart, ReportTable } from '$lib/reports/report';
import { OVERALL, type Measure } from '$lib/scoring/attribution';
import { responseRate } from '$lib/scoring/response-rate';
import { EXCLUDED_TOLD_FROM, figureOf, type Figure } from '$lib/scoring/suppression';
import { sumsOfLevels } from '$lib/scoring/tally';
import { periodInSentence, periodLabel } from '$lib/transparency/period-label';
import type { ListedPeriod } from '$lib/transparency/results';
import { measureName, percent, seriesName } from '$lib/transparency/words';
import { explanationsTable, goalsTable, targetsTable } from './beside-report';
import { FORMULA, seriesOf, type Comparison } from './comparison';
import { crossingName } from './crossings';
import { groupWords } from './groups';
import { methodEntries } from './method';
import { factEntries, rankText } from './facts';
import { figureCells, FIGURE_COLUMNS, REPORT_LOCALE } from './report-cells';
import { findings } from './sentences';
import { ranksBy, rowsBy, type SideBySide } from './side-by-side';

const LOCALE = REPORT_LOCALE;

/** A column of rank ranges, where there are verified answers to rank; never for open ones. */
function rankColumn(side: SideBySide, measure: Measure) {
	const ranks = ranksBy(side, measure);
	return (id: string): string => {
		const set = ranks.get(id);
		return set ? rankText(set) : '–';
	};
}
const isRanked = (side: SideBySide, measures: readonly Measure[]): boolean =>
	measures.some((measure) => ranksBy(side, measure).size > 0);
const RANK_COLUMN = (): ReportTable['columns'][number] => ({
	head: m.report_rank_column(),
	kind: 'words'
});

function unitsTable(side: SideBySide): ReportTable {
	const hasRanks = isRanked(side, [OVERALL]);
	const rankOf = rankColumn(side, OVERALL);
	return {
		id: 'units',
		name: m.report_sheet_units(),
		title: m.report_table_units(),
		columns: [
			{ head: m.compare_unit_column(), kind: 'text' },
			...FIGURE_COLUMNS(),
			{ head: m.compare_group_column(), kind: 'words' },
			...(hasRanks ? [RANK_COLUMN()] : [])
		],
		rows: rowsBy(side).map(({ id, names, figure, group }) => [
			inLocale(names, LOCALE),
			...figureCells(figure),
			groupWords(group),
			...(hasRanks ? [rankOf(id)] : [])
		]),
		notes: [m.results_not_sipas(), m.compare_method_rank(), ...(hasRanks ? [m.rank_note()] : [])]
	};
}

function measuresTable(side: SideBySide): ReportTable {
	const { measures, rows } = side;
	const hasRanks = isRanked(side, measures);
	const rankOf = measures.map((measure) => rankColumn(side, measure));
	const series = seriesOf(measures);
	const nameOf = (measure: Measure) => {
		const own = series.get(measure);
		return own ? `${measureName(measure)} (${seriesName(own)})` : measureName(measure);
	};
	return {
		id: 'measures',
		name: m.report_sheet_measures(),
		title: m.report_table_measures(),
		columns: [
			{ head: m.compare_unit_column(), kind: 'text' },
			{ head: m.compare_measure(), kind: 'text' },
			...FIGURE_COLUMNS(),
			{ head: m.compare_group_column(), kind: 'words' },
			...(hasRanks ? [RANK_COLUMN()] : [])
		],
		rows: rows.flatMap(({ id, names, cells }) =>
			cells.flatMap((cell, at) =>
				cell
					? [
							[
								inLocale(names, LOCALE),
								nameOf(measures[at]!),
								...figureCells(cell.figure),
								groupWords(cell.group),
								...(hasRanks ? [rankOf[at]!(id)] : [])
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
		id: 'items',
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

/** Which part of the answers the report is about, where it is not all of them. */
function crossedSentence({ cross, crossings }: Comparison): string[] {
	const part = crossings.find(({ kind, value }) => `${kind}:${value}` === cross);
	return part ? [m.compare_cross_only({ part: crossingName(part, LOCALE) })] : [];
}

/**
 * @param period the comparison's own; a report without a period does not exist
 * @param parts what stands after the comparison: trend, what would help
 */
export function reportOf(
	side: SideBySide,
	period: ListedPeriod,
	parts: readonly ReportPart[] = []
): Report {
	const { comparison } = side;
	const rate = responseRate(comparison.served);
	// People served are not counted by part of the answers.
	const isKnown = !comparison.cross && (rate.state === 'known' || rate.state === 'low');
	const items = itemsTable(comparison);
	return {
		organisation: inLocale(comparison.organisation.names, LOCALE),
		unit: inLocale(comparison.unit.names, LOCALE),
		period: periodLabel(period, LOCALE),
		subject: m.report_subject({ period: periodInSentence(period.code, LOCALE) }),
		sentences: [
			...(period.closed ? [] : [m.report_running()]),
			...crossedSentence(comparison),
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
				: []),
			...parts.flatMap(({ sentences }) => sentences)
		],
		tables: [
			unitsTable(side),
			measuresTable(side),
			items,
			targetsTable(side),
			explanationsTable(comparison),
			...parts.flatMap(({ tables }) => tables),
			goalsTable(comparison)
			// Of a unit with nothing below it, units are no table.
		].filter((table): table is ReportTable => table !== null && table.rows.length > 0),
		method: [
			...[...factEntries(comparison, LOCALE), ...methodEntries()].map(
				([term, words]) => `${term}: ${words}`
			),
			...parts.flatMap(({ method }) => method)
		]
	};
}
