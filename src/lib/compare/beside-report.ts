/**
 * The tables of a report that stand beside its figures: targets, explanations of falls, the province's
 * indices. Made of the same rows as the page; run in Vietnamese like the rest of a report.
 */
import { formatDate } from '$lib/i18n/dates';
import { inLocale } from '$lib/i18n/localised';
import { m } from '$lib/i18n/paraglide/messages.js';
import type { ReportTable } from '$lib/reports/report';
import { periodInSentence } from '$lib/transparency/period-label';
import { percent } from '$lib/transparency/words';
import { namesOf, provesOnlyText, TARGET_STATES } from './beside';
import type { Comparison } from './comparison';
import { establishedFalls } from './falls';
import { figureCells, FIGURE_COLUMNS, REPORT_LOCALE } from './report-cells';
import type { TargetInForce } from './settings';
import type { SideBySide } from './side-by-side';
import { judgedRows } from './targets';

const LOCALE = REPORT_LOCALE;

const sourceNote = ({ target, source }: TargetInForce): string | null =>
	source ? m.targets_source_note({ level: percent(target, LOCALE), source }) : null;

/** Units × dimensions that have a target; null without one. */
export function targetsTable({ comparison, rows: peers }: SideBySide): ReportTable | null {
	const rows = judgedRows(comparison, peers);
	if (rows.length === 0) return null;
	const nameOf = namesOf(comparison);
	return {
		id: 'targets',
		name: m.targets_sheet(),
		title: m.targets_table(),
		columns: [
			{ head: m.compare_unit_column(), kind: 'text' },
			{ head: m.compare_measure(), kind: 'text' },
			{ head: m.targets_column_target(), kind: 'percent' },
			...FIGURE_COLUMNS(),
			{ head: m.targets_column_verdict(), kind: 'words' }
		],
		rows: rows.map((row) => [
			inLocale(row.names, LOCALE),
			nameOf(row.measure),
			100 * row.target.target,
			...figureCells(row.figure),
			row.state === null ? m.report_hidden() : TARGET_STATES[row.state].words()
		]),
		notes: [
			m.targets_lead(),
			...new Set(rows.flatMap((row) => provesOnlyText(row, LOCALE) ?? [])),
			...new Set(rows.flatMap(({ target }) => sourceNote(target) ?? []))
		]
	};
}

/** What fell and what its head says; null where nothing fell. */
export function explanationsTable(comparison: Comparison): ReportTable | null {
	const falls = establishedFalls(comparison);
	if (falls.length === 0 || !comparison.before) return null;
	const nameOf = namesOf(comparison);
	return {
		id: 'explanations',
		name: m.falls_sheet(),
		title: m.falls_table({ before: periodInSentence(comparison.before.code, LOCALE) }),
		columns: [
			{ head: m.compare_unit_column(), kind: 'text' },
			{ head: m.compare_measure(), kind: 'text' },
			{ head: m.falls_column_before(), kind: 'percent' },
			{ head: m.falls_column_now(), kind: 'percent' },
			{ head: m.falls_column_text(), kind: 'text' }
		],
		rows: falls.map(({ names, measure, before, now, explanation }) => [
			inLocale(names, LOCALE),
			nameOf(measure),
			100 * before.value,
			100 * now.value,
			explanation?.versions[0]
				? `${explanation.versions[0].text} (${formatDate(explanation.versions[0].on, LOCALE)})`
				: m.falls_waiting()
		]),
		notes: [m.falls_note()]
	};
}

/** What was announced about the province's indices; null where nothing is written down. */
export function goalsTable({ settings }: Comparison): ReportTable | null {
	if (settings.goals.length === 0) return null;
	return {
		id: 'indices',
		name: m.goals_sheet(),
		title: m.goals_table(),
		columns: [
			{ head: m.goals_index(), kind: 'words' },
			{ head: m.goals_year(), kind: 'code' },
			{ head: m.goals_text(), kind: 'text' },
			{ head: m.goals_source(), kind: 'text' }
		],
		rows: settings.goals.map(({ index, year, text, source }) => [
			index,
			String(year),
			text,
			source
		]),
		notes: [m.goals_note()]
	};
}
