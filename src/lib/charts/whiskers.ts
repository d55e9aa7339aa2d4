/**
 * A Chart.js plugin of forty lines that draws what our bars need and the library lacks: the interval
 * as a whisker, the figure as a dot on it, and one dashed line for the common figure.
 * (The error-bar package for Chart.js brings four more chart types and an animation system.)
 */
import type { Chart, Plugin } from 'chart.js';
import type { Palette } from './palette';

/** One whisker per row, in the unit of the value axis; null: nothing is drawn in that row. */
export interface Whisker {
	low: number;
	high: number;
	/** Where the dot stands; null: a whisker without a dot. */
	dot: number | null;
}

const CAP = 5;
const DOT = 4;

export function whiskers(
	rows: readonly (Whisker | null)[],
	reference: number | null,
	palette: Palette
): Plugin<'bar'> {
	return {
		id: 'whiskers',
		afterDatasetsDraw(chart: Chart) {
			const { ctx, chartArea } = chart;
			const { x, y } = chart.scales;
			if (!x || !y) return;
			const at = (value: number) => Math.round(x.getPixelForValue(value)) + 0.5;
			ctx.save();
			if (reference !== null) {
				ctx.strokeStyle = palette.accent;
				ctx.lineWidth = 1.5;
				ctx.setLineDash([4, 3]);
				line(ctx, at(reference), chartArea.top, at(reference), chartArea.bottom);
				ctx.setLineDash([]);
			}
			ctx.strokeStyle = ctx.fillStyle = palette.ink;
			ctx.lineWidth = 1.75;
			rows.forEach((row, index) => {
				if (!row) return;
				const middle = Math.round(y.getPixelForValue(index)) + 0.5;
				line(ctx, at(row.low), middle, at(row.high), middle);
				for (const end of [row.low, row.high]) {
					line(ctx, at(end), middle - CAP, at(end), middle + CAP);
				}
				if (row.dot === null) return;
				ctx.beginPath();
				ctx.arc(at(row.dot), middle, DOT + 1.5, 0, 2 * Math.PI);
				ctx.fillStyle = palette.paper;
				ctx.fill();
				ctx.beginPath();
				ctx.arc(at(row.dot), middle, DOT, 0, 2 * Math.PI);
				ctx.fillStyle = palette.ink;
				ctx.fill();
			});
			ctx.restore();
		}
	};
}

function line(ctx: CanvasRenderingContext2D, x1: number, y1: number, x2: number, y2: number) {
	ctx.beginPath();
	ctx.moveTo(x1, y1);
	ctx.lineTo(x2, y2);
	ctx.stroke();
}
