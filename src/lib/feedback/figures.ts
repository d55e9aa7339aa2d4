/**
 * What the people of a unit read about it, as values of the domain: answers received and waiting,
 * and the released figures of a period and the one before it. Shapes only; rows are mapped in
 * figures.server.ts.
 */
import type { Localised } from '$lib/i18n/localised';
import type { PeriodScheme } from '$lib/scoring/period';
import type { ServedSums } from '$lib/scoring/response-rate';
import type { ItemResult, ListedPeriod, MeasureCell } from '$lib/transparency/results';

export interface NamedUnit {
	id: string;
	names: Localised;
}

/** Answers at one service point that no figure counts yet. */
export interface WaitingPoint {
	id: string;
	labels: Localised;
	unit: NamedUnit;
	today: number;
	waiting: number;
}

/** An optional question: how many persons chose what, or nothing of it. */
export interface FactResult {
	code: string;
	counts:
		| { state: 'shown' | 'interval'; persons: number; choices: Record<string, number> }
		| { state: 'hidden'; longerPeriod: string | null };
}

export interface FactTexts {
	text: Localised;
	choices: Localised[];
}

export interface PeriodFigures {
	cells: MeasureCell[];
	items: ItemResult[];
	facts: FactResult[];
}

export interface OfficeResults {
	organisation: NamedUnit & { isDemo: boolean };
	scheme: PeriodScheme;
	/** Today at the office, `yyyy-mm-dd`. */
	today: string;
	unit: NamedUnit & {
		parent: NamedUnit | null;
		receives: boolean;
		decides: boolean;
		/** Units that this one followed after a merger or split, and that followed it. */
		predecessors: NamedUnit[];
		successors: NamedUnit[];
	};
	/** The unit's own points that may have figures: those staffed by more than one person. */
	ownPoints: { id: string; labels: Localised }[];
	/** The units directly below it. */
	below: NamedUnit[];
	receivedToday: number;
	waiting: number;
	points: WaitingPoint[];
	/** Null while nothing has been released yet. */
	period: ListedPeriod | null;
	before: ListedPeriod | null;
	periods: ListedPeriod[];
	/** Answers that figures leave out after review; 0 or at least 5. */
	excluded: number;
	/** Null unless the number served is known and both may be shown; never of a point. */
	served: ServedSums | null;
	now: PeriodFigures;
	earlier: PeriodFigures;
	factTexts: Record<string, FactTexts>;
}

/** A unit whose picture may be opened, in the order of the tree. */
export interface UnitChoice extends NamedUnit {
	depth: number;
}
