/**
 * Points with their intervals on a plane, with limits, a centre line and marks in time: control charts
 * and funnel plots. Axis words and the points that the keyboard reaches stand in the page (Plot.svelte).
 */
import type { Chart, ChartConfiguration, ChartDataset, Plugin } from 'chart.js';
import type { DrawChart } from './chart';
import { PLOT_MARGIN } from './interval-bars';
import type { Palette } from './palette';

export interface PlotPoint {
	x: number;
	/** Null: a gap; with limits of an interval only a whisker is drawn. */
	y: number | null;
	interval: { low: number; high: number } | null;
	/** Only where something is established. */
	isMarked?: boolean;
	/** What somebody hears and reads who comes to this point. */
	label: string;
}

export interface PlotLine {
	kind: 'value' | 'centre' | 'limit' | 'outer';
	/** Null breaks the line. */
	points: { x: number; y: number | null }[];
	isStepped?: boolean;
	/** Fills the room up to the line before this one. */
	isBand?: boolean;
}

export interface PlotSpec {
	x: { min: number; max: number };
	y: { min: number; max: number };
	/** The first lies on top. */
	lines: PlotLine[];
	points: PlotPoint[];
	/** Vertical marks: what happened when. */
	marks: number[];
}

const LINES: Record<PlotLine['kind'], (palette: Palette) => object> = {
	value: ({ ink }) => ({ borderColor: ink, borderWidth: 1.75 }),
	centre: ({ accent }) => ({ borderColor: accent, borderWidth: 1.5, borderDash: [4, 3] }),
	limit: ({ accent }) => ({ borderColor: accent, borderWidth: 1 }),
	outer: ({ muted }) => ({ borderColor: muted, borderWidth: 1, borderDash: [2, 3] })
};

/** Whiskers, dots (marked ones as a diamond) and the vertical marks. */
function inks({ points, marks }: PlotSpec, palette: Palette): Plugin<'scatter'> {
	return {
		id: 'inks',
		afterDatasetsDraw({ ctx, chartArea, scales }: Chart) {
			const { x: across, y: up } = scales;
			if (!across || !up) return;
			const at = (value: number) => Math.round(across.getPixelForValue(value)) + 0.5;
			const stroke = (...[from, to, ...rest]: [number, number, number, number]) => {
				ctx.beginPath();
				ctx.moveTo(from, to);
				ctx.lineTo(...rest);
				ctx.stroke();
			};
			ctx.save();
			ctx.strokeStyle = palette.muted;
			ctx.setLineDash([1, 3]);
			for (const mark of marks) stroke(at(mark), chartArea.top, at(mark), chartArea.bottom);
			ctx.setLineDash([]);
			ctx.strokeStyle = palette.ink;
			for (const { x, y, interval, isMarked } of points) {
				if (interval) {
					const [low, high] = [interval.low, interval.high].map((v) => up.getPixelForValue(v));
					stroke(at(x), low!, at(x), high!);
				}
				if (y === null) continue;
				const [left, top, size] = [at(x), up.getPixelForValue(y), isMarked ? 6 : 4];
				ctx.beginPath();
				if (isMarked) {
					ctx.moveTo(left, top - size);
					ctx.lineTo(left + size, top);
					ctx.lineTo(left, top + size);
					ctx.lineTo(left - size, top);
					ctx.closePath();
				} else ctx.arc(left, top, size, 0, 2 * Math.PI);
				ctx.fillStyle = palette.ink;
				ctx.fill();
				ctx.lineWidth = 1.5;
				ctx.strokeStyle = palette.paper;
				ctx.stroke();
				ctx.lineWidth = 1;
				ctx.strokeStyle = palette.ink;
			}
			ctx.restore();
		}
	};
}

/** @param spec values of both axes in their own units */
export function plot(spec: PlotSpec): DrawChart {
	return (palette) => {
		const datasets = spec.lines.map(
			({ kind, points, isStepped, isBand }): ChartDataset<'scatter'> => ({
				...LINES[kind](palette),
				data: points.map(({ x, y }) => ({ x, y: y ?? NaN })),
				showLine: true,
				pointRadius: 0,
				...(isStepped ? { stepped: 'middle' } : {}),
				...(isBand ? { fill: '-1', backgroundColor: palette.wash } : {})
			})
		);
		return {
			type: 'scatter',
			data: { datasets },
			options: {
				animation: false,
				maintainAspectRatio: false,
				events: [],
				layout: { padding: PLOT_MARGIN, autoPadding: false },
				scales: {
					x: { display: false, ...spec.x },
					y: {
						...spec.y,
						border: { display: false },
						ticks: { display: false, stepSize: tickStep(spec.y) },
						grid: { color: palette.line, drawTicks: false }
					}
				}
			},
			plugins: [inks(spec, palette)]
		} satisfies ChartConfiguration<'scatter'> as ChartConfiguration;
	};
}

/** Distance of the lines across: five or ten of a hundred, or twenty where the room is all of it. */
export function tickStep({ min, max }: { min: number; max: number }): number {
	return max - min > 0.6 ? 0.2 : max - min > 0.25 ? 0.1 : 0.05;
}
