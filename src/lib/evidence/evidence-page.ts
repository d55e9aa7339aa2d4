/**
 * From evidence to what the page says: rules with their numbers, figures with and without, and
 * exclusions with their state in words. Pure; knows no request.
 */
import { m } from '$lib/i18n/paraglide/messages.js';
import { formatDate } from '$lib/i18n/dates';
import { inLocale } from '$lib/i18n/localised';
import type { Locale } from '$lib/i18n/locale';
import { figureOf, stateOfCount, type Cell, type Figure } from '$lib/scoring/suppression';
import { MEASURES, QUICK_SERIES, type Measure } from '$lib/scoring/attribution';
import { periodInSentence } from '$lib/transparency/period-label';
import { measureName, seriesName } from '$lib/transparency/words';
import type { Evidence, Exclusion } from './evidence';
import { RULES, type Rule } from './rules';

export interface RuleRow {
	rule: Rule;
	answers: number;
	places: number;
}

export interface ComparedRow {
	measure: Measure;
	/** Its name; both forms ask about a dimension, and then the form is named, too. */
	name: string;
	figure: Figure;
	without: { rule: Rule; flagged: number; figure: Figure }[];
}

export interface ExclusionCard {
	id: string;
	rule: Rule;
	answers: number;
	state: Exclusion['state'];
	where: string;
	period: string;
	/** Who proposed what when, the reason, and how it stands: a sentence each. */
	lines: string[];
	isMine: boolean;
}

/** Rules that flagged at least 5 answers somewhere, in the order of the rules. */
export function ruleRows({ places }: Pick<Evidence, 'places'>): RuleRow[] {
	return RULES.map((rule) => {
		const of = places.filter((place) => place.rule === rule);
		return {
			rule,
			answers: of.reduce((sum, { answers }) => sum + answers, 0),
			places: new Set(of.map(({ point }) => point.id)).size
		};
	}).filter(({ answers }) => answers > 0);
}

/** Measures of which something is shown without the flagged answers. */
export function comparedRows({ measures }: Pick<Evidence, 'measures'>): ComparedRow[] {
	return measures
		.filter(({ without }) => without.length > 0)
		.sort((a, b) => MEASURES.indexOf(a.measure) - MEASURES.indexOf(b.measure))
		.map(({ measure, cell, without }) => ({
			measure,
			name: QUICK_SERIES.some((quick) => quick === measure)
				? m.feedback_of_series({ name: measureName(measure), series: seriesName('quick') })
				: measureName(measure),
			figure: figureOf(cell, 'top2'),
			without: RULES.flatMap((rule) => without.filter((one) => one.rule === rule)).map(
				({ rule, flagged, sums }) => {
					const rest: Cell = { state: stateOfCount(sums.top2.persons) as 'shown', sums };
					return { rule, flagged, figure: figureOf(rest, 'top2') };
				}
			)
		}));
}

const STATES: Record<Exclusion['state'], () => string> = {
	proposed: m.evidence_state_proposed,
	refused: m.evidence_state_refused,
	confirmed: m.evidence_state_confirmed,
	in_force: m.evidence_state_in_force,
	end_proposed: m.evidence_state_end_proposed,
	end_confirmed: m.evidence_state_end_confirmed,
	ended: m.evidence_state_ended
};

export const stateName = (state: Exclusion['state']): string => STATES[state]();

/** An exclusion as its card tells it. */
export function exclusionCard(exclusion: Exclusion, locale: Locale): ExclusionCard {
	const { id, rule, answers, state, unit, point, period, isMine } = exclusion;
	const who = (name: string | null) => name ?? m.evidence_somebody();
	const place = point ? inLocale(point.labels, locale) : m.evidence_all_points();
	const lines = [
		m.evidence_proposed_by({
			name: who(exclusion.proposedBy),
			day: formatDate(exclusion.proposedOn, locale),
			reason: exclusion.reason
		})
	];
	if (exclusion.decidedBy) {
		const sentence = state === 'refused' ? m.evidence_refused_by : m.evidence_confirmed_by;
		lines.push(sentence({ name: exclusion.decidedBy }));
	}
	if (exclusion.effectiveOn) {
		const day = formatDate(exclusion.effectiveOn, locale);
		lines.push(
			exclusion.takesEffect || state === 'ended'
				? m.evidence_effective_on({ day })
				: m.evidence_without_effect()
		);
	}
	if (exclusion.endReason) {
		const name = who(exclusion.endProposedBy);
		lines.push(m.evidence_end_proposed_by({ name, reason: exclusion.endReason }));
	}
	if (exclusion.endedOn) {
		lines.push(m.evidence_ended_on({ day: formatDate(exclusion.endedOn, locale) }));
	}
	const where = m.evidence_where({ point: place, unit: inLocale(unit.names, locale) });
	return {
		id,
		rule,
		answers,
		state,
		where,
		period: periodInSentence(period, locale),
		lines,
		isMine
	};
}
