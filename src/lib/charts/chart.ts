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

		void import('./chart-library').then(({ makeChart }) => {
			// Drawing is immediate from here on: the printer does not wait for a promise.
			const show = (isPrinting: boolean) => () => {
				drawn?.destroy();
				drawn = makeChart(canvas, draw(paletteOf(canvas, isPrinting)));
				canvas.dataset.drawn = 'true';
			};
			// The canvas may have left the page while the library was on its way.
			if (signal.aborted) return;
			const darkness = matchMedia('(prefers-color-scheme: dark)');
			darkness.addEventListener('change', show(false), { signal });
			addEventListener('beforeprint', show(true), { signal });
			addEventListener('afterprint', show(false), { signal });
			show(false)();
		});

		return () => {
			listeners.abort();
			drawn?.destroy();
		};
	};
}
