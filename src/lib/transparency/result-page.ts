/**
 * The results page as a view: from cells to the figures that stand on it, in the reader's
 * language. Pure. Sums stay on the server: what leaves this module is what may be seen.
 */
import { inLocale } from '$lib/i18n/localised';
import type { Locale } from '$lib/i18n/locale';
import {
	absenceOf,
	ITEM_SERIES,
	OVERALL,
	QUICK_SERIES,
	type Absence,
	type Measure,
	type Series
} from '$lib/scoring/attribution';
import { changeBetween, type Change } from '$lib/scoring/change';
import { responseRate, type ResponseRate } from '$lib/scoring/response-rate';
import { figureOf, type Cell, type Figure } from '$lib/scoring/suppression';
import { MILLION, type Formula } from '$lib/scoring/tally';
import { publicationView, type PublicationView } from './publication-view';
import type { ListedPeriod, MeasureCell, OrganisationResults, ResultUnit } from './results';

export type TableCell = { figure: Figure } | { absence: Absence };

export interface UnitName {
	id: string;
	name: string;
	depth: number;
}

/** One row of the chart: a receiving unit's overall satisfaction. */
export interface UnitBar extends UnitName {
	figure: Figure;
	/** How many chose 4 or 5; only where the figure itself is shown. */
	satisfied: number | null;
	rate: ResponseRate;
}

export interface MeasureTable {
	series: Series;
	measures: Measure[];
	rows: (UnitName & { cells: TableCell[] })[];
}

export interface PeriodChange {
	/** The period compared with, and its figure. */
	period: ListedPeriod;
	value: number;
	change: Exclude<Change, 'not_compared'>;
}

export interface ResultPage {
	organisation: { id: string; name: string; isDemo: boolean };
	hasPublished: boolean;
	publication: PublicationView;
	received: number;
	waiting: number;
	/** Null while nothing is published (demo: released). */
	period: ListedPeriod | null;
	/** Oldest first. */
	periods: ListedPeriod[];
	formula: Formula;
	/** Overall satisfaction of the whole organisation; null while nothing was released. */
	headline: Figure | null;
	change: PeriodChange | null;
	/** Of the whole organisation. */
	rate: ResponseRate;
	/** Answers that figures leave out after review; 0 or at least 5. */
	excluded: number;
	bars: UnitBar[];
	tables: MeasureTable[];
}

/**
 * @param results the period on the page
 * @param before the period of the same kind before it, when there is one
 */
export function buildResultPage(
	results: OrganisationResults,
	before: OrganisationResults | null,
	formula: Formula,
	locale: Locale
): ResultPage {
	const find = cellFinder(results.cells);
	const root = results.units.find((unit) => unit.parentId === null);
	const headline = root && find(root.id, OVERALL);
	return {
		organisation: {
			id: results.organisation.id,
			name: inLocale(results.organisation.names, locale),
			isDemo: results.organisation.isDemo
		},
		hasPublished: results.hasPublished,
		publication: publicationView(
			results,
			new Map(results.units.map(({ id, names }) => [id, names])),
			formula,
			locale
		),
		received: results.received,
		waiting: results.waiting,
		period: results.period,
		periods: results.periods,
		formula,
		headline: headline ? figureOf(headline, formula) : null,
		change: before && headline ? changeOf(headline, before, formula) : null,
		rate: rateOf(results, root?.id),
		excluded: results.excluded,
		bars: barsOf(results, find, formula, locale),
		tables: [
			tableOf('quick', QUICK_SERIES, results, formula, locale),
			tableOf('items', ITEM_SERIES, results, formula, locale)
		].filter((table) => table !== null)
	};
}

type FindCell = (unitId: string, measure: Measure) => Cell | undefined;

function cellFinder(cells: readonly MeasureCell[]): FindCell {
	const byPlace = new Map(cells.map(({ unitId, measure, cell }) => [`${unitId} ${measure}`, cell]));
	return (unitId, measure) => byPlace.get(`${unitId} ${measure}`);
}

function changeOf(now: Cell, before: OrganisationResults, formula: Formula): PeriodChange | null {
	const root = before.units.find((unit) => unit.parentId === null);
	const then = root && cellFinder(before.cells)(root.id, OVERALL);
	if (!then || now.state !== 'shown' || then.state !== 'shown') return null;
	const change = changeBetween(now.sums[formula], then.sums[formula], formula);
	const figure = figureOf(then, formula);
	if (!before.period || change === 'not_compared' || figure.state !== 'shown') return null;
	return { period: before.period, value: figure.value, change };
}

function rateOf({ served }: OrganisationResults, unit: string | undefined): ResponseRate {
	return responseRate(served.find(({ unitId }) => unitId === unit));
}

function barsOf(
	results: OrganisationResults,
	find: FindCell,
	formula: Formula,
	locale: Locale
): UnitBar[] {
	return results.units.flatMap((unit) => {
		const cell = find(unit.id, OVERALL);
		// The whole organisation is the line that the chart draws across all bars.
		if (unit.parentId === null || !unit.receives || !cell) return [];
		const figure = figureOf(cell, formula);
		const satisfied =
			figure.state === 'shown' && cell.state === 'shown' && formula === 'top2'
				? Math.round(cell.sums.top2.sum / MILLION)
				: null;
		return [
			{
				id: unit.id,
				name: inLocale(unit.names, locale),
				depth: unit.depth,
				figure,
				satisfied,
				rate: rateOf(results, unit.id)
			}
		];
	});
}

/** Null when no form of the series was answered: a table of "not asked" would say nothing. */
function tableOf(
	series: Series,
	measures: readonly Measure[],
	results: OrganisationResults,
	formula: Formula,
	locale: Locale
): MeasureTable | null {
	if (!results.cells.some(({ measure }) => measures.includes(measure))) return null;
	const columns = [OVERALL, ...measures] as Measure[];
	const rows = results.units
		.filter((unit) => unit.receives || unit.decides)
		.map((unit) => ({
			id: unit.id,
			name: inLocale(unit.names, locale),
			depth: unit.depth,
			cells: columns.map((measure) => tableCell(unit, measure, measures, results.cells, formula))
		}));
	return { series, measures: columns, rows };
}

/**
 * A unit without a cell for a measure: it counts for the other side; or none of the unit's forms
 * asks it; or it is asked and nothing was released, which looks like any other hidden cell.
 */
function tableCell(
	unit: ResultUnit,
	measure: Measure,
	series: readonly Measure[],
	cells: readonly MeasureCell[],
	formula: Formula
): TableCell {
	const own = cells.filter(({ unitId }) => unitId === unit.id);
	const found = own.find((cell) => cell.measure === measure);
	if (found) return { figure: figureOf(found.cell, formula) };
	const absence = absenceOf(measure, unit);
	if (absence.reason === 'counts_elsewhere') return { absence };
	const seriesUsed = own.some((cell) => series.includes(cell.measure));
	// Access is asked by the longest form only; everything else by every form of its series.
	const isAsked = own.length === 0 || (seriesUsed ? measure !== 'A' : measure === OVERALL);
	return isAsked ? { figure: { state: 'hidden', longerPeriod: null } } : { absence };
}
