/**
 * The page of one unit as a view: its dimensions and, per item, the five levels. Pure. What is
 * hidden, or allowed as an interval only, has no counts here at all.
 */
import { inLocale } from '$lib/i18n/localised';
import type { Locale } from '$lib/i18n/locale';
import { MEASURES, OVERALL, type Measure, type Series } from '$lib/scoring/attribution';
import { estimate, type Interval } from '$lib/scoring/interval';
import { responseRate, type ResponseRate } from '$lib/scoring/response-rate';
import { figureOf, type Figure } from '$lib/scoring/suppression';
import { sumsOfLevels, type Formula, type LevelCounts } from '$lib/scoring/tally';
import { publicationView, type PublicationView } from './publication-view';
import type { ItemResult, ListedPeriod, UnitResults, ZeroReason } from './results';

export interface ItemLevels {
	code: string;
	text: string;
	answers:
		| ({
				state: 'shown';
				levels: LevelCounts;
				persons: number;
				notApplicable: number;
				zeroReason: ZeroReason | null;
				/** Share of 4 and 5, a fraction. */
				share: number;
		  } & Interval)
		| ({ state: 'interval' } & Interval)
		| { state: 'hidden'; longerPeriod: string | null };
}

export interface UnitPage {
	organisation: { id: string; name: string; isDemo: boolean };
	unit: {
		id: string;
		name: string;
		parent: { id: string; name: string } | null;
		predecessors: { id: string; name: string }[];
		successors: { id: string; name: string }[];
	};
	publication: PublicationView;
	period: ListedPeriod | null;
	periods: ListedPeriod[];
	formula: Formula;
	figures: { measure: Measure; figure: Figure }[];
	rate: ResponseRate;
	/** Answers that figures leave out after review; 0 or at least 5. */
	excluded: number;
	/** The overall question, then the items of each series; never an empty group. */
	groups: ItemGroup[];
}

export interface ItemGroup {
	series: 'overall' | Series;
	items: ItemLevels[];
}

export function buildUnitPage(results: UnitResults, formula: Formula, locale: Locale): UnitPage {
	const { organisation, unit } = results;
	const named = ({ id, names }: { id: string; names: Parameters<typeof inLocale>[0] }) => ({
		id,
		name: inLocale(names, locale)
	});
	return {
		organisation: { ...named(organisation), isDemo: organisation.isDemo },
		unit: {
			...named(unit),
			parent: unit.parent && named(unit.parent),
			predecessors: unit.predecessors.map(named),
			successors: unit.successors.map(named)
		},
		publication: publicationView(results, new Map([[unit.id, unit.names]]), formula, locale),
		period: results.period,
		periods: results.periods,
		formula,
		figures: MEASURES.flatMap((measure) => {
			const found = results.cells.find((cell) => cell.measure === measure);
			return found ? [{ measure, figure: figureOf(found.cell, formula) }] : [];
		}),
		excluded: results.excluded,
		rate: responseRate(results.served.find(({ unitId }) => unitId === unit.id)),
		groups: itemGroups(results.items, locale)
	};
}

/** Items by series, in the order of the form; never an empty group. */
export function itemGroups(results: readonly ItemResult[], locale: Locale): ItemGroup[] {
	return (['overall', 'quick', 'items'] as const).flatMap((series) => {
		const items = results
			.filter((item) => seriesOfItem(item.code) === series)
			.map((item) => ({
				code: item.code,
				text: inLocale(item.texts, locale),
				answers: answersOf(item)
			}));
		return items.length > 0 ? [{ series, items }] : [];
	});
}

/** Codes are stable: S0 is in every form, B0–E0 are the quick form, A1–E3 the others. */
function seriesOfItem(code: string): ItemGroup['series'] {
	if (code === OVERALL) return 'overall';
	return code.endsWith('0') ? 'quick' : 'items';
}

function answersOf({ zero, counts }: ItemResult): ItemLevels['answers'] {
	if (counts.state === 'hidden') return counts;
	const sums = sumsOfLevels(counts.levels, 'top2');
	// The database never sends such an item; an empty one would have no interval to show.
	if (sums.persons === 0) return { state: 'hidden', longerPeriod: null };
	const { value, low, high } = estimate(sums, 'top2');
	if (counts.state === 'interval') return { state: 'interval', low, high };
	return {
		state: 'shown',
		levels: counts.levels,
		persons: sums.persons,
		notApplicable: counts.notApplicable,
		zeroReason: zero,
		share: value,
		low,
		high
	};
}
