/**
 * Horizontal bars from zero with their intervals, one per row of a list beside the canvas. The rows
 * are as high as each other, so bar and row meet; axis words stand in the page, not on the canvas.
 */
import type { ChartConfiguration } from 'chart.js';
import type { DrawChart } from './chart';
import { whiskers, type Whisker } from './whiskers';

export interface IntervalBar {
	label: string;
	/** Length of the bar, 0 to 1; null: no bar. */
	value: number | null;
	/** Only where a difference is established; every other bar is plain. */
	tone?: 'above' | 'below';
	whisker: Whisker | null;
}

/** Room left and right of the axis for whisker ends and dots, in pixels; the page uses it too. */
export const PLOT_MARGIN = 8;

/**
 * @param rows from top to bottom; values between 0 and 1
 * @param reference where the dashed line of the common figure stands, or null
 */
export function intervalBars(rows: readonly IntervalBar[], reference: number | null): DrawChart {
	return (palette) =>
		({
			type: 'bar',
			data: {
				labels: rows.map((row) => row.label),
				datasets: [
					{
						data: rows.map((row) => row.value),
						backgroundColor: rows.map(({ tone }) => (tone ? palette[`${tone}Bar`] : palette.bar)),
						barThickness: 14
					}
				]
			},
			options: {
				indexAxis: 'y',
				animation: false,
				maintainAspectRatio: false,
				events: [],
				layout: { padding: { left: PLOT_MARGIN, right: PLOT_MARGIN } },
				scales: {
					x: {
						min: 0,
						max: 1,
						border: { display: false },
						ticks: { display: false, stepSize: 0.2 },
						grid: { color: palette.line, drawTicks: false }
					},
					y: { display: false }
				}
			},
			plugins: [
				whiskers(
					rows.map((row) => row.whisker),
					reference,
					palette
				)
			]
		}) satisfies ChartConfiguration<'bar'>;
}
