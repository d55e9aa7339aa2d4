/**
 * Publishing as the leader sees it: how each period stands, and what would be published. Owns the
 * shapes; publishing.server.ts fills them.
 */
import type {
	ListedPeriod,
	OrganisationResults,
	Publication,
	RevisionChanges
} from '$lib/transparency/results';

export interface PublicationState {
	period: ListedPeriod;
	/** Newest first; empty while it is not published. */
	publications: (Publication & { publishedBy: string | null })[];
	/** A figure that was published last is another one now. */
	isChanged: boolean;
}

export interface Preview {
	/** Names what was looked at: only this is published. */
	seen: string;
	latest: Publication | null;
	nothingChanged: boolean;
	figures: number;
	hidden: number;
	changes: Omit<RevisionChanges, 'cells' | 'before'> | null;
	/** As the results page reads it, without the number of answers received. */
	results: OrganisationResults;
}

/** What there is to do with a period. */
export type PeriodWork = 'wait' | 'publish' | 'revise' | 'nothing';

export function workOf({ period, publications, isChanged }: PublicationState): PeriodWork {
	if (!period.closed) return 'wait';
	if (publications.length === 0) return 'publish';
	return isChanged ? 'revise' : 'nothing';
}
