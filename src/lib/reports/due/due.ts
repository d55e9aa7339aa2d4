/**
 * Reports due: how far each is and how urgent, from days alone. Pure; days are ISO text and "today" is
 * handed in. Must not know: pages, the database.
 */
import type { PeriodKind } from '$lib/scoring/period';

export interface DueReport {
	period: string;
	kind: PeriodKind;
	start: string;
	end: string;
	dueOn: string;
	recipient: string;
	preparedOn: string | null;
	sentOn: string | null;
	revision: number;
	/** Whether released figures of the period exist. */
	hasFigures: boolean;
}

export interface Duty {
	kind: PeriodKind;
	/** Days after the last day of the period. */
	dueAfter: number;
	recipient: string;
}

/** Told of this many days ahead, as the weekly mail does (private.reports_to_tell). */
export const TOLD_AHEAD = 10;

export type Progress = 'sent' | 'prepared' | 'not_begun';
export type Urgency = 'done' | 'late' | 'soon' | 'later';

export const progressOf = ({ preparedOn, sentOn }: DueReport): Progress =>
	sentOn ? 'sent' : preparedOn ? 'prepared' : 'not_begun';

const DAY_MS = 86_400_000;
export const daysBetween = (from: string, to: string): number =>
	Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS);

export function urgencyOf(report: DueReport, today: string): Urgency {
	if (report.sentOn) return 'done';
	const left = daysBetween(today, report.dueOn);
	if (left < 0) return 'late';
	return left <= TOLD_AHEAD ? 'soon' : 'later';
}

/** What needs a hand first: the late ones, oldest first, then the next one; handed over ones never. */
export function nextReport(reports: readonly DueReport[]): DueReport | undefined {
	return reports
		.filter(({ sentOn }) => !sentOn)
		.sort((a, b) => a.dueOn.localeCompare(b.dueOn) || a.end.localeCompare(b.end))[0];
}

/** The newest period that is over and has figures: falls are looked for there. */
export function newestWithFigures(
	reports: readonly DueReport[],
	today: string
): DueReport | undefined {
	return reports
		.filter(({ end, hasFigures }) => hasFigures && end < today)
		.sort((a, b) => b.end.localeCompare(a.end) || a.start.localeCompare(b.start))[0];
}
