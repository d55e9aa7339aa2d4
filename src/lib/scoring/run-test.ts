/**
 * Whether a figure has really changed: a run test over closed months, instead of "minus ten percent
 * of four answers". Pure; says nothing where chance explains what is seen.
 *
 * Two rules, after Shewhart (1931) and the run rules of statistical process control (Western
 * Electric 1956; Nelson 1984, Journal of Quality Technology 16):
 *  - run: so many shown months in a row lie on the same side of the centre line, which is the figure
 *    pooled over the persons of all months looked at;
 *  - outside: the newest month lies outside limits around the figure pooled over the months before
 *    it. The limits are made of the steadied variance of the index (interval.ts) and the numbers of
 *    persons on both sides, widened by φ where months differ more than chance (Spiegelhalter 2005,
 *    Statistics in Medicine 24): φ = max(1, Σz² ÷ (k − 1)) over the months before.
 *
 * How often chance alone sounds an alert is simulated in run-test.test.ts and stated in
 * docs/scoring.md.
 */
import { steadyVariance, toUnitScale, type UnitSums } from './interval.ts';
import type { PersonSums } from './tally.ts';

/** How much a unit wants to hear, from the quietest: ít, vừa, nhiều. */
export const ALERT_SETTINGS = ['few', 'normal', 'many'] as const;
export type AlertSetting = (typeof ALERT_SETTINGS)[number];

/** Length of a run, and the limits in standard errors, at which a setting sounds. */
export const RULES: Record<AlertSetting, { run: number; sigmas: number }> = {
	few: { run: 9, sigmas: 3.5 },
	normal: { run: 8, sigmas: 3 },
	many: { run: 7, sigmas: 2.6 }
};

/** Months looked at; older ones say little about how the work is done now. */
export const MONTHS_LOOKED_AT = 24;
/** A centre line needs months that are not part of the run, and limits months to be made of. */
const MONTHS_BEFORE = 3;

/** A closed month that is shown, of at least 30 persons (design 5: fewer are never compared). */
export interface ShownMonth {
	/** Period code. */
	code: string;
	sums: PersonSums;
}

export interface Signal {
	rule: 'run' | 'outside';
	direction: 'up' | 'down';
	/** The quietest setting at which it sounds; the louder ones hear it too. */
	setting: AlertSetting;
	since: string;
	until: string;
	/** Shown month before the newest one: an alert that ended there goes on. */
	previous: string | null;
	evidence: {
		/** Figure of the run, or of the newest month: a fraction, as all of these. */
		value: number;
		centre: number;
		/** Only of the rule "outside", at the setting that it sounds at. */
		low: number | null;
		high: number | null;
		months: number;
		persons: number;
	};
}

const add = (all: readonly UnitSums[]): UnitSums =>
	all.reduce(
		(a, b) => ({
			persons: a.persons + b.persons,
			sum: a.sum + b.sum,
			squares: a.squares + b.squares
		}),
		{ persons: 0, sum: 0, squares: 0 }
	);
const meanOf = ({ persons, sum }: UnitSums) => sum / persons;

/** The quietest setting whose rule the value reaches; undefined when it reaches none. */
function quietest(reaches: (rule: (typeof RULES)[AlertSetting]) => boolean) {
	return ALERT_SETTINGS.find((setting) => reaches(RULES[setting]));
}

/**
 * Judges the newest of these months.
 * @param months in order of time, gaps left out; only shown ones of at least 30 persons
 * @returns at most one signal per rule
 */
export function judgeNewest(months: readonly ShownMonth[]): Signal[] {
	const looked = months.slice(-MONTHS_LOOKED_AT);
	const sums = looked.map((month) => toUnitScale(month.sums, 'top2'));
	return [judgeRun(looked, sums), judgeOutside(looked, sums)].filter((signal) => signal !== null);
}

function judgeRun(months: readonly ShownMonth[], sums: readonly UnitSums[]): Signal | null {
	const newest = months.at(-1);
	const last = sums.at(-1);
	if (!newest || !last) return null;
	const centre = meanOf(add(sums));
	const side = (one: UnitSums) => Math.sign(meanOf(one) - centre);
	const direction = side(last);
	// A month exactly on the line is on no side and ends a run.
	const breaks = sums.findLastIndex((one) => side(one) !== direction);
	const run = sums.slice(breaks + 1);
	const setting = quietest((rule) => run.length >= rule.run);
	if (direction === 0 || !setting || months.length - run.length < MONTHS_BEFORE) return null;
	const pooled = add(run);
	return {
		rule: 'run',
		direction: direction > 0 ? 'up' : 'down',
		setting,
		since: months[breaks + 1]!.code,
		until: newest.code,
		previous: months.at(-2)?.code ?? null,
		evidence: {
			value: meanOf(pooled),
			centre,
			...{ low: null, high: null },
			months: run.length,
			persons: pooled.persons
		}
	};
}

function judgeOutside(months: readonly ShownMonth[], sums: readonly UnitSums[]): Signal | null {
	const newest = months.at(-1);
	const last = sums.at(-1);
	const before = sums.slice(0, -1);
	if (!newest || !last || before.length < MONTHS_BEFORE) return null;
	const base = add(before);
	const centre = meanOf(base);
	const { variance } = steadyVariance(base);
	const spread = before.reduce(
		(sum, one) => sum + (meanOf(one) - centre) ** 2 / (variance / one.persons),
		0
	);
	const widened = variance * Math.max(1, spread / (before.length - 1));
	const error = Math.sqrt(widened / last.persons + widened / base.persons);
	const value = meanOf(last);
	const setting = quietest(({ sigmas }) => Math.abs(value - centre) > sigmas * error);
	if (!setting) return null;
	const reach = RULES[setting].sigmas * error;
	return {
		rule: 'outside',
		direction: value > centre ? 'up' : 'down',
		setting,
		since: newest.code,
		until: newest.code,
		previous: months.at(-2)?.code ?? null,
		evidence: {
			value,
			centre,
			low: Math.max(0, centre - reach),
			high: Math.min(1, centre + reach),
			months: 1,
			persons: last.persons
		}
	};
}
