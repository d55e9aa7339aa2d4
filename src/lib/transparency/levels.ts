/** The five levels in words, and their counts as whole percentages that add up to 100. */
import { m } from '$lib/i18n/paraglide/messages.js';
import type { LevelCounts } from '$lib/scoring/tally';
import type { ZeroReason } from './results';

export const LEVELS = [1, 2, 3, 4, 5] as const;
export type Level = (typeof LEVELS)[number];

export function levelName(level: Level): string {
	return {
		1: m.survey_level_1,
		2: m.survey_level_2,
		3: m.survey_level_3,
		4: m.survey_level_4,
		5: m.survey_level_5
	}[level]();
}

/** Why an item did not apply; the general word where the form gave no reason. */
export function zeroReasonName(reason: ZeroReason | null): string {
	if (reason === null) return m.unit_not_applicable();
	return {
		result_pending: m.unit_zero_result_pending,
		no_fee: m.unit_zero_no_fee,
		unknown: m.unit_zero_unknown,
		not_filed: m.unit_zero_not_filed
	}[reason]();
}

/**
 * Whole percentages of five counts that add up to exactly 100 (largest remainder; of equal
 * remainders the worse level first). All zero when nobody answered.
 */
export function percentagesOf(counts: LevelCounts): number[] {
	const total = counts.reduce((sum, count) => sum + count, 0);
	if (total === 0) return counts.map(() => 0);
	const exact = counts.map((count) => (100 * count) / total);
	const whole = exact.map(Math.floor);
	const missing = 100 - whole.reduce((sum, share) => sum + share, 0);
	exact
		.map((share, at) => ({ at, rest: share - whole[at]! }))
		.sort((a, b) => b.rest - a.rest || a.at - b.at)
		.slice(0, missing)
		.forEach(({ at }) => whole[at]!++);
	return whole;
}
