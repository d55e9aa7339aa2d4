/**
 * What stands around published figures: when and by which organisation they were published, the other
 * revisions, what a correction changed, and which period is read when the one asked for is not there.
 * Pure; the words of the notice are made here, because they depend on what was asked.
 */
import { formatDate } from '$lib/i18n/dates';
import { inLocale, type Localised } from '$lib/i18n/localised';
import type { Locale } from '$lib/i18n/locale';
import { m } from '$lib/i18n/paraglide/messages.js';
import type { Measure } from '$lib/scoring/attribution';
import { figureOf, type Cell, type Figure } from '$lib/scoring/suppression';
import type { Formula } from '$lib/scoring/tally';
import { periodInSentence } from './period-label';
import type { ListedPeriod, Publication, RevisionChanges } from './results';

export interface RevisionView {
	revision: number;
	day: string;
	reason: string | null;
	isLatest: boolean;
}

export interface ChangeRow {
	id: string;
	unit: string;
	measure: Measure;
	was: Figure | null;
	now: Figure | null;
}

export interface PublicationView {
	/** Null for a running period, and where nothing is published. */
	here: RevisionView | null;
	/** Newest first; one alone is no choice. */
	revisions: RevisionView[];
	changes: (Omit<RevisionChanges, 'cells'> & { rows: ChangeRow[] }) | null;
}

interface Published {
	publication: Publication | null;
	revisions: Publication[];
	changes: RevisionChanges | null;
}

export function publicationView(
	{ publication, revisions, changes }: Published,
	unitNames: ReadonlyMap<string, Localised>,
	formula: Formula,
	locale: Locale
): PublicationView {
	const view = ({ revision, publishedOn, reason, isLatest }: Publication): RevisionView => ({
		revision,
		day: formatDate(publishedOn, locale),
		reason,
		isLatest
	});
	const figure = (cell: Cell | null) => cell && figureOf(cell, formula);
	return {
		here: publication && view(publication),
		revisions: revisions.map(view),
		changes: changes && {
			before: changes.before,
			changed: changes.changed,
			added: changes.added,
			hidden: changes.hidden,
			rows: changes.cells.map(({ unitId, measure, was, now }) => ({
				id: `${unitId}-${measure}`,
				unit: inLocale(unitNames.get(unitId) ?? { vi: '' }, locale),
				measure,
				was: figure(was),
				now: figure(now)
			}))
		}
	};
}

/** What a reader asked for by address; `undefined` is something that is no period or no number. */
export interface AskedAddress {
	period: string | null | undefined;
	revision: number | null | undefined;
}

/** The sentence that says that something else is read than was asked for; null when it is the same. */
export function fallbackNotice(
	asked: AskedAddress,
	{ period, publication }: { period: ListedPeriod | null; publication: Publication | null },
	locale: Locale
): string | null {
	if (!period) return null;
	const shown = periodInSentence(period.code, locale);
	if (asked.period === undefined) return m.published_no_period({ shown });
	if (asked.period && asked.period !== period.code) {
		return m.published_nearest({ asked: periodInSentence(asked.period, locale), shown });
	}
	const revision = publication?.revision;
	if (revision && asked.revision !== null && asked.revision !== revision) {
		return m.published_no_revision({ revision });
	}
	return null;
}
