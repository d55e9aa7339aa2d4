/**
 * What an organisation has set beside its figures: targets, who leads the work on a dimension, goals of
 * the province's indices, what heads said about a fall. Pure: figures are judged in targets.ts and falls.ts.
 */
import type { Localised } from '$lib/i18n/localised';
import type { Dimension, Measure } from '$lib/scoring/attribution';

/** The target that holds for a unit, a dimension and the period of the comparison. */
export interface TargetInForce {
	unitId: string;
	dimension: Dimension;
	/** A fraction. */
	target: number;
	/** The period it was set for: the compared one or one that holds it. */
	period: string;
	/** Where it stands: a plan, a decision; may be blank. */
	source: string;
	/** The unit it was set at: the own one or one above. */
	setAt: { id: string; names: Localised };
}

/** A result or goal of an index of the province, as it was announced. */
export interface IndexGoal {
	id: string;
	index: string;
	year: number;
	text: string;
	source: string;
	revision: number;
}

export interface ExplanationVersion {
	number: number;
	text: string;
	/** yyyy-mm-dd */
	on: string;
	/** Null when the account is gone. */
	by: string | null;
}

export interface Explanation {
	unitId: string;
	measure: Measure;
	revision: number;
	/** The newest first. */
	versions: ExplanationVersion[];
}

export interface CompareSettings {
	targets: TargetInForce[];
	/** Null while the organisation has set none: the plan of the seeds holds. */
	owners: Partial<Record<Dimension, string>> | null;
	goals: IndexGoal[];
	explanations: Explanation[];
}

export const NO_SETTINGS: CompareSettings = {
	targets: [],
	owners: null,
	goals: [],
	explanations: []
};
