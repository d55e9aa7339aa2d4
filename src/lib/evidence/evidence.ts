/** Evidence of a unit and period as values of the domain. Rows are mapped in evidence.server.ts. */
import type { Localised } from '$lib/i18n/localised';
import type { Measure } from '$lib/scoring/attribution';
import type { Cell } from '$lib/scoring/suppression';
import type { PersonSums } from '$lib/scoring/tally';
import type { ListedPeriod } from '$lib/transparency/results';
import type { Rule } from './rules';

interface Named {
	id: string;
	names: Localised;
}

/** At least 5 answers of one rule at one point. */
export interface FlaggedPlace {
	rule: Rule;
	answers: number;
	unit: Named;
	point: { id: string; labels: Localised };
}

/** A measure as figures show it, and without the answers of each rule. */
export interface ComparedMeasure {
	measure: Measure;
	cell: Cell;
	without: { rule: Rule; flagged: number; sums: { top2: PersonSums; mean: PersonSums } }[];
}

/** A day on which a point has more answers than people served. */
export interface OverServed {
	unit: Named;
	point: { id: string; labels: Localised };
	day: string;
	received: number;
	served: number;
}

export const EXCLUSION_STATES = [
	'proposed',
	'refused',
	'confirmed',
	'in_force',
	'end_proposed',
	'end_confirmed',
	'ended'
] as const;

export interface Exclusion {
	id: string;
	rule: Rule;
	period: string;
	answers: number;
	state: (typeof EXCLUSION_STATES)[number];
	reason: string;
	endReason: string | null;
	proposedBy: string | null;
	endProposedBy: string | null;
	decidedBy: string | null;
	/** The caller made the proposal that waits, and so cannot decide it. */
	isMine: boolean;
	proposedOn: string;
	effectiveOn: string | null;
	endedOn: string | null;
	/** Some figure leaves these answers out. */
	takesEffect: boolean;
	unit: Named;
	point: { id: string; labels: Localised } | null;
}

export interface Evidence {
	unit: Named;
	/** Null while nothing has been released yet. */
	period: ListedPeriod | null;
	periods: ListedPeriod[];
	/** Answers that exclusions leave out of the figures of this unit and period. */
	excluded: number;
	places: FlaggedPlace[];
	overServed: OverServed[];
	measures: ComparedMeasure[];
	exclusions: Exclusion[];
}
