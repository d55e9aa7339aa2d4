/** A trend as a plot: one line per run of the same questions, limits as a band, events as marks. */
import type { Locale } from '$lib/i18n/locale';
import { formatPercent } from '$lib/i18n/numbers';
import { parsePeriod } from '$lib/scoring/period';
import { tickStep, type PlotLine, type PlotSpec } from '$lib/charts/plot';
import type { TrendPicture, TrendPoint } from './trend';
import { pointWords } from './trend-words';

interface Tick {
	at: number;
	text: string;
}

/** From the lowest to the highest of what is drawn, on whole tenths, and not narrower than a fifth. */
export function rangeOfValues(values: readonly number[]): { min: number; max: number } {
	const max = Math.min(1, Math.ceil(Math.max(...values, 0.2) * 10) / 10);
	const min = Math.max(0, Math.floor(Math.min(...values, max) * 10) / 10);
	return { min: Math.max(0, Math.min(min, Math.round(10 * (max - 0.2)) / 10)), max };
}

/** Words of the value axis. */
export function valueTicks(range: { min: number; max: number }, locale: Locale): Tick[] {
	const step = tickStep(range);
	const count = Math.round((range.max - range.min) / step);
	return Array.from({ length: count + 1 }, (_, n) => {
		const at = Math.round((range.min + n * step) * 100) / 100;
		return { at, text: formatPercent(100 * at, locale, 0) };
	});
}

const DAY = 86_400_000;

/** Where a day lies among the periods: period n reaches from n − ½ to n + ½. */
function placeOfDay(points: readonly TrendPoint[], on: string): number {
	const at = points.findIndex(({ period }) => period.end >= on);
	if (at < 0) return points.length - 0.5;
	const { start, end } = points[at]!.period;
	const [from, to, day] = [start, end, on].map((text) => Date.parse(text) / DAY) as [
		number,
		number,
		number
	];
	return at - 0.5 + Math.max(0, day - from) / (to - from + 1);
}

/** "Q3/25", "T7/25": short enough for a phone; every so many so that eight at most are written. */
function periodTicks(
	points: readonly TrendPoint[],
	words: (kind: string, n: number, year: number) => string
): Tick[] {
	const every = Math.ceil(points.length / 6);
	return points.flatMap(({ period }, at) => {
		const found = parsePeriod(period.code);
		const isWritten = (points.length - 1 - at) % every === 0;
		return found && isWritten ? [{ at, text: words(found.kind, found.number, found.year) }] : [];
	});
}

/** A sign is as wide as a tenth of a phone's chart: events nearer than that share one, "2–4". */
const SIGN = 0.1;

/** One line per event; a sign where the first of those that share it stands. */
function marksOf({ points, events }: TrendPicture): { at: number; sign: string }[] {
	const marks = events.map(({ on }) => ({ at: placeOfDay(points, on), sign: '' }));
	let first = 0;
	marks.forEach(({ at }, n) => {
		if (at - marks[first]!.at >= SIGN * points.length) first = n;
		marks[first]!.sign = first === n ? `${n + 1}` : `${first + 1}–${n + 1}`;
	});
	return marks;
}

type PointsOf = (value: (point: TrendPoint) => number | null | undefined) => PlotLine['points'];

const limitLines = (centre: number, pointsOf: PointsOf): PlotLine[] => [
	{ kind: 'centre', points: pointsOf(() => centre) },
	{ kind: 'limit', isStepped: true, points: pointsOf(({ limits }) => limits?.high) },
	{ kind: 'limit', isStepped: true, isBand: true, points: pointsOf(({ limits }) => limits?.low) }
];

/** @param words of a period on the axis */
export function trendPlot(
	picture: TrendPicture,
	locale: Locale,
	words: (kind: string, n: number, year: number) => string
): { spec: PlotSpec; across: Tick[]; up: Tick[]; signs: string[] } {
	const { points, centres } = picture;
	const marks = marksOf(picture);
	const shown = points.flatMap(({ figure, limits }) => [
		...(figure && figure.state !== 'hidden' ? [figure.low, figure.high] : []),
		...(limits ? [limits.low, limits.high] : [])
	]);
	const y = rangeOfValues(shown);
	const lineOf = (
		segment: number,
		value: (point: TrendPoint) => number | null | undefined
	): PlotLine['points'] =>
		points.map((point, x) => ({ x, y: point.segment === segment ? (value(point) ?? null) : null }));
	const lines = centres.flatMap((centre, segment): PlotLine[] => [
		{
			kind: 'value',
			points: lineOf(segment, ({ figure }) => (figure?.state === 'shown' ? figure.value : null))
		},
		...(centre === null ? [] : limitLines(centre, (value) => lineOf(segment, value)))
	]);
	return {
		spec: {
			x: { min: -0.5, max: Math.max(0.5, points.length - 0.5) },
			y,
			lines,
			points: points.map((point, x) => ({
				x,
				y: point.figure?.state === 'shown' ? point.figure.value : null,
				interval: point.figure && point.figure.state !== 'hidden' ? point.figure : null,
				isMarked: point.side === 'above' || point.side === 'below',
				label: pointWords(point, locale)
			})),
			marks: marks.map(({ at }) => at)
		},
		across: periodTicks(points, words),
		up: valueTicks(y, locale),
		signs: marks.map(({ sign }) => sign)
	};
}
