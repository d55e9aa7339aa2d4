/** An alert as a value of the domain, and the words for it. Shares are fractions. */
import { inLocale, type Localised } from '$lib/i18n/localised';
import type { Locale } from '$lib/i18n/locale';
import { formatCount } from '$lib/i18n/numbers';
import { m } from '$lib/i18n/paraglide/messages.js';
import { QUICK_SERIES, type Measure } from '$lib/scoring/attribution';
import type { AlertSetting } from '$lib/scoring/run-test';
import { periodInSentence, periodName } from '$lib/transparency/period-label';
import { intervalText, measureName, percent, seriesName } from '$lib/transparency/words';

interface AlertBase {
	id: string;
	unit: { id: string; names: Localised };
	point: { id: string; labels: Localised } | null;
	/** Period codes. */
	first: string;
	last: string;
	isNew: boolean;
	acknowledged: { on: string; by: string | null; note: string | null } | null;
	revision: number;
}

export type Alert = AlertBase &
	(
		| {
				rule: 'run' | 'outside';
				direction: 'up' | 'down';
				measure: Measure;
				value: number;
				centre: number;
				low: number | null;
				high: number | null;
				months: number;
				persons: number;
		  }
		/** Money or papers beyond the rules (F2): how many fives of persons, for leaders only. */
		| { rule: 'beyond_rules'; atLeast: number }
	);

/** Where it is: the unit, or one of its points. */
export function alertPlace({ unit, point }: Alert, locale: Locale): string {
	const name = inLocale(unit.names, locale);
	return point ? `${name}, ${inLocale(point.labels, locale)}` : name;
}

/** What is told, in one sentence. */
export function alertHeading(alert: Alert): string {
	if (alert.rule === 'beyond_rules') return m.alerts_beyond();
	const words = {
		run: { up: m.alerts_run_up, down: m.alerts_run_down },
		outside: { up: m.alerts_outside_up, down: m.alerts_outside_down }
	}[alert.rule][alert.direction];
	const name = measureName(alert.measure);
	const isQuick = (QUICK_SERIES as readonly Measure[]).includes(alert.measure);
	// Both series of a dimension are called the same; the short form says that it is meant.
	const what = isQuick ? m.feedback_of_series({ name, series: seriesName('quick') }) : name;
	return words({ what, months: alert.months });
}

/** When, and on what figures. */
export function alertEvidence(alert: Alert, locale: Locale): string[] {
	if (alert.rule === 'beyond_rules') {
		const period = periodName(alert.last, locale);
		return [m.alerts_beyond_evidence({ period, count: alert.atLeast })];
	}
	const when =
		alert.first === alert.last
			? `${periodName(alert.last, locale)}.`
			: `${m.alerts_when({
					first: periodInSentence(alert.first, locale),
					last: periodInSentence(alert.last, locale)
				})}.`;
	const value = percent(alert.value, locale);
	const persons = formatCount(alert.persons, locale);
	const { low, high } = alert;
	const what =
		low !== null && high !== null
			? m.alerts_outside_evidence({ value, persons, range: intervalText({ low, high }, locale) })
			: m.alerts_run_evidence({ value, persons, centre: percent(alert.centre, locale) });
	return [when, what];
}

/** The three settings in words. */
export function settingWords(setting: AlertSetting): string {
	return {
		few: m.alerts_setting_few,
		normal: m.alerts_setting_normal,
		many: m.alerts_setting_many
	}[setting]();
}
