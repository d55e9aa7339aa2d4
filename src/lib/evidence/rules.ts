/**
 * The rules that flag answers, and what each is called. Which answer a rule flags, SQL decides
 * (docs/quality.md); the thresholds stand in private.threshold() alone.
 */
import { m } from '$lib/i18n/paraglide/messages.js';

/** In the order in which an answer counts under the first that flagged it. */
export const RULES = ['fast', 'burst', 'out_of_hours', 'pattern', 'straight'] as const;
export type Rule = (typeof RULES)[number];

const NAMES: Record<Rule, () => string> = {
	fast: m.evidence_rule_fast,
	burst: m.evidence_rule_burst,
	out_of_hours: m.evidence_rule_out_of_hours,
	pattern: m.evidence_rule_pattern,
	straight: m.evidence_rule_straight
};
const LINES: Record<Rule, () => string> = {
	fast: m.evidence_rule_fast_line,
	burst: m.evidence_rule_burst_line,
	out_of_hours: m.evidence_rule_out_of_hours_line,
	pattern: m.evidence_rule_pattern_line,
	straight: m.evidence_rule_straight_line
};

export const ruleName = (rule: Rule): string => NAMES[rule]();

/** One sentence: what is flagged, and what may be an innocent reason. */
export const ruleLine = (rule: Rule): string => LINES[rule]();
