/**
 * Chart.js behind one Svelte attachment: `<canvas {@attach chart(draw)}></canvas>`. Loads the
 * library only where a chart is, redraws when the colour scheme changes or the page is printed, and
 * destroys the chart with its canvas. Knows no figures: `draw` makes the configuration.
 */
import type { Chart, ChartConfiguration } from 'chart.js';
import type { Attachment } from 'svelte/attachments';
import { paletteOf, type Palette } from './palette';

export type DrawChart = (palette: Palette) => ChartConfiguration;

export function chart(draw: DrawChart): Attachment<HTMLCanvasElement> {
	return (canvas) => {
		let drawn: Chart | undefined;
		const listeners = new AbortController();
		const { signal } = listeners;

		async function show(isPrinting = false) {
			const { makeChart } = await import('./chart-library');
			// The canvas may have left the page while the library was on its way.
			if (signal.aborted) return;
			drawn?.destroy();
			drawn = makeChart(canvas, draw(paletteOf(canvas, isPrinting)));
			canvas.dataset.drawn = 'true';
		}

		const redraw = (isPrinting: boolean) => () => void show(isPrinting);
		matchMedia('(prefers-color-scheme: dark)').addEventListener('change', redraw(false), {
			signal
		});
		addEventListener('beforeprint', redraw(true), { signal });
		addEventListener('afterprint', redraw(false), { signal });
		void show();

		return () => {
			listeners.abort();
			drawn?.destroy();
		};
	};
}
