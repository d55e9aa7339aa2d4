/**
 * One measure of a unit over its closed periods: where the line breaks, which limits hold, what came
 * before and after an event. Pure. A period without a figure is a gap and never a zero.
 */
import type { Localised } from '$lib/i18n/localised';
import type { Measure } from '$lib/scoring/attribution';
import { changeBetween, difference, type Change, type Difference } from '$lib/scoring/change';
import { controlChart, LIMITS_FROM } from '$lib/scoring/control-chart';
import { estimate, type Interval } from '$lib/scoring/interval';
import { figureOf, type Cell, type Figure } from '$lib/scoring/suppression';
import { addSums, type PersonSums } from '$lib/scoring/tally';
import type { ListedPeriod } from '$lib/transparency/results';
import { FORMULA } from './comparison';

export type TrendStep = 'month' | 'quarter' | 'year';

export interface TrendVersion {
	id: string;
	number: number;
	names: Localised;
	/** When it was published. */
	since: string;
	/** The items that count in the measure. */
	items: string[];
	/** Codes of the closed periods that hold answers to it. */
	periods: string[];
}

export interface Trend {
	organisation: { id: string; names: Localised; isDemo: boolean };
	unit: { id: string; names: Localised };
	units: { id: string; names: Localised; depth: number }[];
	/** Null while there is no figure at all. */
	measure: Measure | null;
	measures: Measure[];
	step: TrendStep | null;
	steps: TrendStep[];
	/** Closed ones, oldest first. */
	periods: ListedPeriod[];
	cells: ReadonlyMap<string, Cell>;
	versions: TrendVersion[];
	successions: { on: string; before: Localised; after: Localised }[];
	done: { on: string; text: string }[];
}

export type TrendEvent = { on: string } & (
	| { kind: 'version'; version: TrendVersion; breaks: boolean }
	| { kind: 'succession'; before: Localised; after: Localised }
	| { kind: 'done'; text: string }
);

export interface TrendPoint {
	period: ListedPeriod;
	/** Null where nobody answered. */
	figure: Figure | null;
	/** Control limits of this number of answers; null where there are too few periods for any. */
	limits: Interval | null;
	side: 'above' | 'below' | 'within' | null;
	/** The run of periods with the same questions that it belongs to. */
	segment: number;
	lastYear: { code: string; change: Change } | null;
}

export interface BeforeAfter {
	before: number;
	after: number;
	difference: Difference;
	change: Change;
}

export interface TrendPicture {
	points: TrendPoint[];
	/** Per segment; null where it is too short for limits. */
	centres: (number | null)[];
	events: (TrendEvent & { compared: BeforeAfter | null })[];
}

/** Periods on each side of an event that are put together: about a year. */
const WINDOW: Record<TrendStep, number> = { month: 12, quarter: 4, year: 1 };

/** The newest ones; more could not be told apart on a chart. */
const EVENTS = 9;

const sumsIn = (cell: Cell | undefined): PersonSums | null =>
	cell?.state === 'shown' ? cell.sums[FORMULA] : null;

/** Which items counted in a period: those of all versions that were answered in it. */
const itemsOfPeriod = ({ versions }: Trend, code: string) =>
	[...new Set(versions.flatMap(({ items, periods }) => (periods.includes(code) ? items : [])))]
		.sort()
		.join(' ');

/** Number of the segment of each period: a new one where other items count than before. */
function segmentsOf(trend: Trend): number[] {
	let [segment, known] = [0, ''];
	return trend.periods.map(({ code }) => {
		const items = itemsOfPeriod(trend, code);
		if (items && known && items !== known) segment += 1;
		if (items) known = items;
		return segment;
	});
}

/** New versions (not the first ones), mergers and notes in the order of their days. */
function eventsOf(trend: Trend, segments: readonly number[]): TrendEvent[] {
	const indexOf = (code: string) => trend.periods.findIndex((period) => period.code === code);
	const first = trend.periods.findIndex(({ code }) => itemsOfPeriod(trend, code));
	const versions = trend.versions.flatMap<TrendEvent>((version) => {
		const at = Math.min(...version.periods.map(indexOf).filter((index) => index >= 0));
		const period = trend.periods[at];
		if (!period || at <= first) return [];
		// Past answers may have been brought in before their version was published here.
		const isWithin = version.since >= period.start && version.since <= period.end;
		const on = isWithin ? version.since : period.start;
		return [{ kind: 'version', on, version, breaks: segments[at] !== segments[at - 1] }];
	});
	return [
		...versions,
		...trend.successions.map((each) => ({ kind: 'succession' as const, ...each })),
		...trend.done.map((each) => ({ kind: 'done' as const, ...each }))
	]
		.filter(({ on }) => on <= (trend.periods.at(-1)?.end ?? ''))
		.sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0))
		.slice(-EVENTS);
}

/** About a year before and after the event, of the same segment and without the period it lies in. */
function compare(trend: Trend, segments: readonly number[], on: string): BeforeAfter | null {
	const { periods, cells, step } = trend;
	const size = WINDOW[step ?? 'quarter'];
	const here = periods.findIndex(({ end }) => end >= on);
	if (here < 0) return null;
	const shown = (from: number, to: number) =>
		addSums(
			periods.slice(Math.max(0, from), to).flatMap(({ code }, at) => {
				const sums = sumsIn(cells.get(code));
				return sums && segments[Math.max(0, from) + at] === segments[here] ? [sums] : [];
			})
		);
	// What happens on the first day of a period belongs to all of it.
	const next = periods[here]!.start === on ? here : here + 1;
	const [before, after] = [shown(here - size, here), shown(next, next + size)];
	const change = before.persons && after.persons ? changeBetween(after, before, FORMULA) : null;
	if (!change || change === 'not_compared') return null;
	return {
		before: estimate(before, FORMULA).value,
		after: estimate(after, FORMULA).value,
		difference: difference(after, before, FORMULA),
		change
	};
}

/** The same period of the year before. */
const yearBefore = (code: string) => String(Number(code.slice(0, 4)) - 1) + code.slice(4);

/** Everything that page, report and table show of a trend. */
export function pictureOf(trend: Trend): TrendPicture {
	const { periods, cells } = trend;
	const segments = segmentsOf(trend);
	const count = (segments.at(-1) ?? -1) + 1;
	const charts = Array.from({ length: count }, (_, segment) => {
		const codes = periods
			.filter(({ code }, at) => segments[at] === segment && sumsIn(cells.get(code)))
			.map(({ code }) => code);
		const chart =
			codes.length < LIMITS_FROM
				? null
				: controlChart(
						codes.map((code) => sumsIn(cells.get(code))!),
						FORMULA
					);
		return { codes, chart };
	});
	const points = periods.map((period, at): TrendPoint => {
		const cell = cells.get(period.code);
		const { codes, chart } = charts[segments[at]!]!;
		const place = codes.indexOf(period.code);
		const code = yearBefore(period.code);
		const [now, earlier] = [sumsIn(cell), sumsIn(cells.get(code))];
		const isSame = segments[periods.findIndex((each) => each.code === code)] === segments[at];
		return {
			period,
			figure: cell ? figureOf(cell, FORMULA) : null,
			limits: chart?.limits[place] ?? null,
			side: chart?.sides[place] ?? null,
			segment: segments[at]!,
			lastYear:
				now && earlier && isSame ? { code, change: changeBetween(now, earlier, FORMULA) } : null
		};
	});
	return {
		points,
		centres: charts.map(({ chart }) => chart?.centre ?? null),
		events: eventsOf(trend, segments).map((event) => ({
			...event,
			compared: event.kind === 'version' && event.breaks ? null : compare(trend, segments, event.on)
		}))
	};
}
