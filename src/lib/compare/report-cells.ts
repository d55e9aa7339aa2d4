/** A figure as cells of a report, the same in every table. Offices report in Vietnamese, whatever language the page has. */
import type { Cell, ReportTable } from '$lib/reports/report';
import { m } from '$lib/i18n/paraglide/messages.js';
import type { Figure } from '$lib/scoring/suppression';

export const REPORT_LOCALE = 'vi';

/** Value, interval and number of answers of a figure; words where there is none. */
export function figureCells(figure: Figure): [Cell, Cell, Cell] {
	if (figure.state === 'hidden') {
		const none = m.report_hidden();
		return [none, none, none];
	}
	const interval = { low: 100 * figure.low, high: 100 * figure.high };
	const value = figure.state === 'shown' ? 100 * figure.value : '–';
	return [value, interval, figure.persons];
}

export const FIGURE_COLUMNS = (): ReportTable['columns'] => [
	{ head: m.compare_value_column(), kind: 'percent' },
	{ head: m.compare_range_column(), kind: 'interval' },
	{ head: m.compare_count_column(), kind: 'count' }
];
