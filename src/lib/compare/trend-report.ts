/** The trend as part of a report: the sentences, the table and the events of the page. Vietnamese. */
import type { ReportPart, ReportTable } from '$lib/reports/report';
import { inLocale } from '$lib/i18n/localised';
import { m } from '$lib/i18n/paraglide/messages.js';
import { periodName } from '$lib/transparency/period-label';
import { measureName } from '$lib/transparency/words';
import { figureCells, FIGURE_COLUMNS, REPORT_LOCALE } from './report-cells';
import { pictureOf, type Trend, type TrendPicture } from './trend';
import {
	changeWords,
	eventDay,
	eventName,
	eventOutcome,
	sideWords,
	trendSentences
} from './trend-words';

function figuresTable(trend: Trend, { points }: TrendPicture): ReportTable {
	const measure = trend.measure ? measureName(trend.measure) : '';
	return {
		id: 'trend',
		name: m.report_sheet_trend(),
		title: m.report_table_trend({ measure, unit: inLocale(trend.unit.names, REPORT_LOCALE) }),
		columns: [
			{ head: m.compare_period(), kind: 'words' },
			...FIGURE_COLUMNS(),
			{ head: m.trend_limits_column(), kind: 'interval' },
			{ head: m.trend_side_column(), kind: 'words' },
			{ head: m.trend_year_column(), kind: 'words' }
		],
		rows: [...points]
			.reverse()
			.map(({ period, figure, limits, side, lastYear }) => [
				periodName(period.code, REPORT_LOCALE),
				...(figure ? figureCells(figure) : Array.from({ length: 3 }, () => m.trend_nobody())),
				limits ? { low: 100 * limits.low, high: 100 * limits.high } : '–',
				sideWords(side),
				lastYear ? changeWords(lastYear.change) : '–'
			]),
		notes: [m.trend_method_limits(), m.trend_method_break()]
	};
}

function eventsTable({ events }: TrendPicture): ReportTable | null {
	if (events.length === 0) return null;
	return {
		id: 'events',
		name: m.report_sheet_events(),
		title: m.trend_events(),
		columns: [
			{ head: m.report_day_column(), kind: 'words' },
			{ head: m.report_event_column(), kind: 'text' },
			{ head: m.report_outcome_column(), kind: 'text' }
		],
		rows: events.map((each) => [
			eventDay(each.on, REPORT_LOCALE),
			eventName(each, REPORT_LOCALE),
			eventOutcome(each, REPORT_LOCALE)
		]),
		notes: [m.trend_events_note()]
	};
}

/** Nothing while no period is closed. */
export function trendPart(trend: Trend): ReportPart {
	if (trend.periods.length === 0) return { sentences: [], tables: [], method: [] };
	const picture = pictureOf(trend);
	const events = eventsTable(picture);
	return {
		sentences: [
			m.report_trend_sentence({ text: trendSentences(picture, REPORT_LOCALE).join(' ') })
		],
		tables: [figuresTable(trend, picture), ...(events ? [events] : [])],
		method: [
			`${m.trend_method_limits_term()}: ${m.trend_method_limits()}`,
			`${m.trend_method_events_term()}: ${m.trend_method_events()}`
		]
	};
}
