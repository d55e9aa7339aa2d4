/** The funnel as a plot: answers across, share up, curves of 95 and 99.8 %. */
import type { PlotSpec } from '$lib/charts/plot';
import type { Locale } from '$lib/i18n/locale';
import { formatCount } from '$lib/i18n/numbers';
import { m } from '$lib/i18n/paraglide/messages.js';
import { intervalText, percent } from '$lib/transparency/words';
import type { FunnelPicture, FunnelRow } from './funnel';
import { rangeOfValues, valueTicks } from './trend-plot';

const PLACES: Record<FunnelRow['place'], () => string> = {
	within: m.funnel_within,
	beyond_inner: m.funnel_beyond_inner,
	beyond_outer: m.funnel_beyond_outer
};
export const placeWords = (place: FunnelRow['place']): string => PLACES[place]();

/** Round numbers along an axis, four or five of them. */
function roundSteps(most: number): number[] {
	const rough = most / 4;
	const size = 10 ** Math.floor(Math.log10(rough));
	const step = [1, 2, 5, 10].map((n) => n * size).find((n) => n >= rough) ?? size;
	return Array.from({ length: Math.floor(most / step) + 1 }, (_, n) => n * step);
}

export function funnelPlot({ centre, rows, curve }: FunnelPicture, locale: Locale) {
	const most = curve.at(-1)?.persons ?? 100;
	const y = rangeOfValues([
		...rows.flatMap(({ figure, inner }) => [figure.value, inner.low, inner.high])
	]);
	const within = (value: number) => Math.min(y.max, Math.max(y.min, value));
	const line = (value: (at: FunnelPicture['curve'][number]) => number) =>
		curve.map((at) => ({ x: at.persons, y: within(value(at)) }));
	const spec: PlotSpec = {
		x: { min: 0, max: most },
		y,
		lines: [
			{ kind: 'centre', points: line(() => centre) },
			{ kind: 'outer', points: line(({ outer }) => outer.high) },
			{ kind: 'outer', points: line(({ outer }) => outer.low) },
			{ kind: 'limit', points: line(({ inner }) => inner.high) },
			{ kind: 'limit', isBand: true, points: line(({ inner }) => inner.low) }
		],
		points: rows.map(({ name, figure, inner, place }) => ({
			x: figure.persons,
			y: figure.value,
			interval: null,
			isMarked: place === 'beyond_outer',
			label: `${name}: ${percent(figure.value, locale)} · ${m.results_answers({
				count: formatCount(figure.persons, locale)
			})} · ${m.funnel_limits({ limits: intervalText(inner, locale) })} · ${placeWords(place)}`
		})),
		marks: []
	};
	return {
		spec,
		up: valueTicks(y, locale),
		across: roundSteps(most).map((at) => ({ at, text: formatCount(at, locale) }))
	};
}
