/**
 * What the public reads, as values of the domain: results of an organisation and of one unit in
 * one period. Owns the shapes only; rows are mapped in results.server.ts, figures are made of cells
 * by scoring.
 */
import type { Localised } from '$lib/i18n/localised';
import type { Measure } from '$lib/scoring/attribution';
import type { PeriodKind, PeriodScheme } from '$lib/scoring/period';
import type { ServedSums } from '$lib/scoring/response-rate';
import type { Cell } from '$lib/scoring/suppression';
import type { LevelCounts } from '$lib/scoring/tally';

export interface PublicPoint {
	token: string;
	labels: Localised;
	unit: { id: string; names: Localised };
}

export interface PublicOrganisation {
	id: string;
	names: Localised;
	isDemo: boolean;
	resultsVisible: boolean;
	/** Only listed for the demo organisation: real ones hand out their posters themselves. */
	points: PublicPoint[];
}

export interface ListedPeriod {
	code: string;
	kind: PeriodKind;
	start: string;
	end: string;
	closed: boolean;
}

export interface ResultUnit {
	id: string;
	parentId: string | null;
	names: Localised;
	depth: number;
	receives: boolean;
	decides: boolean;
}

/** A figure's place and what the database lets out of it. A unit's cell holds its subtree. */
export interface MeasureCell {
	unitId: string;
	measure: Measure;
	cell: Cell;
}

/** Answers and people served of a unit; only where both may be shown and are known. */
export interface UnitServed extends ServedSums {
	unitId: string;
}

/** One revision of a published period. Who published it stays in the organisation. */
export interface Publication {
	id: string;
	revision: number;
	isLatest: boolean;
	/** Day in Vietnam. */
	publishedOn: string;
	/** Why it was corrected; null for a first revision. */
	reason: string | null;
}

/** What a revision changed against the one before it. */
export interface RevisionChanges {
	before: number;
	/** Figures that are other ones, newly shown, not shown any more. */
	changed: number;
	added: number;
	hidden: number;
	cells: { unitId: string; measure: Measure; was: Cell | null; now: Cell | null }[];
}

interface PeriodResults {
	organisation: { id: string; names: Localised; isDemo: boolean };
	/** Whether the organisation has ever published a period. */
	hasPublished: boolean;
	/** What is read; null for a running period of the demo, and where nothing is published. */
	publication: Publication | null;
	/** All revisions of the period, the newest first. */
	revisions: Publication[];
	changes: RevisionChanges | null;
	scheme: PeriodScheme;
	/** Answers that figures leave out after review; 0 or at least 5. */
	excluded: number;
	/** Null while nothing is published (demo: released). */
	period: ListedPeriod | null;
	periods: ListedPeriod[];
	cells: MeasureCell[];
	served: UnitServed[];
}

export interface OrganisationResults extends PeriodResults {
	/** Answers received so far; moves at once, unlike every figure. */
	received: number;
	/** Answers that no figure counts yet (release rule). */
	waiting: number;
	/** In the order of the organisation. */
	units: ResultUnit[];
}

/** What an item's "not applicable" stands for: forms always give the reason (texts 3.2). */
export const ZERO_REASONS = ['result_pending', 'no_fee', 'unknown', 'not_filed'] as const;
export type ZeroReason = (typeof ZERO_REASONS)[number];

/** The answers to one item; nothing of them where the item is hidden. */
export interface ItemResult {
	code: string;
	texts: Localised;
	zero: ZeroReason | null;
	counts:
		| { state: 'shown'; levels: LevelCounts; notApplicable: number }
		| { state: 'interval'; levels: LevelCounts }
		| { state: 'hidden'; longerPeriod: string | null };
}

export interface UnitResults extends PeriodResults {
	unit: {
		id: string;
		names: Localised;
		parent: { id: string; names: Localised } | null;
		/** Units that this one followed, and that followed it: merged or split (unit_successions). */
		predecessors: { id: string; names: Localised }[];
		successors: { id: string; names: Localised }[];
		receives: boolean;
		decides: boolean;
	};
	items: ItemResult[];
}
