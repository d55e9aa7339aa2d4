/** The parts of Chart.js that our charts use; loaded on its own, only by pages that draw one. */
import {
	BarController,
	BarElement,
	CategoryScale,
	Chart,
	Filler,
	LinearScale,
	LineElement,
	PointElement,
	ScatterController,
	type ChartConfiguration
} from 'chart.js';

Chart.register(
	BarController,
	BarElement,
	CategoryScale,
	Filler,
	LinearScale,
	LineElement,
	PointElement,
	ScatterController
);

export function makeChart(canvas: HTMLCanvasElement, config: ChartConfiguration): Chart {
	return new Chart(canvas, config);
}
