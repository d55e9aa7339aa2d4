/** A trend in words: the answer first, then each event, then each point. Nothing is called a change unless it is established. */
import { formatDate } from '$lib/i18n/dates';
import { inLocale } from '$lib/i18n/localised';
import type { Locale } from '$lib/i18n/locale';
import { formatCount, formatNumber } from '$lib/i18n/numbers';
import { m } from '$lib/i18n/paraglide/messages.js';
import type { Change } from '$lib/scoring/change';
import { periodInSentence, periodName } from '$lib/transparency/period-label';
import { intervalText, percent } from '$lib/transparency/words';
import type { TrendEvent, TrendPicture, TrendPoint } from './trend';

const CHANGES: Record<Change, () => string> = {
	up: m.trend_up,
	down: m.trend_down,
	not_established: m.trend_no_change,
	not_compared: m.trend_not_compared
};
export const changeWords = (change: Change): string => CHANGES[change]();

export const sideWords = (side: TrendPoint['side']): string =>
	side === 'above'
		? m.trend_above_limits()
		: side === 'below'
			? m.trend_below_limits()
			: side === 'within'
				? m.trend_within_limits()
				: '–';

/** "từ −1,2 đến 2,8 điểm phần trăm". */
function points({ low, high }: { low: number; high: number }, locale: Locale): string {
	const signed = (value: number) => formatNumber(100 * value, 1, locale).replace('-', '−');
	return m.trend_points_between({ low: signed(low), high: signed(high) });
}

export function eventName(event: TrendEvent, locale: Locale): string {
	switch (event.kind) {
		case 'version':
			return m.trend_event_version({
				name: inLocale(event.version.names, locale),
				number: event.version.number
			});
		case 'succession':
			return m.trend_event_succession({
				before: inLocale(event.before, locale),
				after: inLocale(event.after, locale)
			});
		case 'done':
			return m.trend_event_done({ text: event.text });
	}
}

/** What the figure was before and after an event, never that the event did it. */
export function eventOutcome(event: TrendPicture['events'][number], locale: Locale): string {
	if (event.kind === 'version' && event.breaks) return m.trend_event_breaks();
	if (!event.compared) return m.trend_event_not_compared();
	const { before, after, change, difference } = event.compared;
	return m.trend_event_compared({
		before: percent(before, locale),
		after: percent(after, locale),
		change: changeWords(change),
		range: points(difference, locale)
	});
}

/** One to three sentences: the newest figure with its year before, then who left the limits. */
export function trendSentences({ points: all }: TrendPicture, locale: Locale): string[] {
	const newest = all.findLast(({ figure }) => figure?.state === 'shown');
	if (newest?.figure?.state !== 'shown') return [m.trend_nothing_shown()];
	const earlier = all.find(({ period }) => period.code === newest.lastYear?.code)?.figure;
	const period = periodInSentence(newest.period.code, locale);
	const value = percent(newest.figure.value, locale);
	const first =
		newest.lastYear && earlier?.state === 'shown'
			? m.trend_newest({
					period,
					value,
					before: percent(earlier.value, locale),
					change: changeWords(newest.lastYear.change)
				})
			: m.trend_newest_alone({ period, value });
	const judged = all.filter(({ side }) => side !== null);
	const outside = judged.filter(({ side }) => side !== 'within');
	const second =
		judged.length === 0
			? m.trend_no_limits()
			: outside.length === 0
				? m.trend_none_outside({ count: judged.length })
				: m.trend_outside({
						list: outside
							.map(
								({ period, side }) =>
									`${periodInSentence(period.code, locale)} (${sideWords(side)})`
							)
							.join(locale === 'zh' ? '、' : ', ')
					});
	return [first, second].map((text) => text.charAt(0).toLocaleUpperCase(locale) + text.slice(1));
}

/** What stands under the chart, and is heard, for one point. */
export function pointWords({ period, figure, limits, side }: TrendPoint, locale: Locale): string {
	const name = periodName(period.code, locale);
	if (!figure || figure.state === 'hidden') return m.trend_point_gap({ period: name });
	const parts = [
		figure.state === 'shown' ? percent(figure.value, locale) : '–',
		`(${intervalText(figure, locale)})`,
		m.results_answers({ count: formatCount(figure.persons, locale) })
	];
	const limit = limits ? [m.trend_point_limits({ limits: intervalText(limits, locale) })] : [];
	const judged = side && side !== 'within' ? [sideWords(side)] : [];
	return `${name}: ${[...parts, ...limit, ...judged].join(' · ')}`;
}

export const eventDay = (on: string, locale: Locale): string => formatDate(on, locale);
