/**
 * The page of a unit's picture as a view: dimensions with their five levels and what changed, items,
 * what people most want mended. Pure. What is hidden has no number here at all.
 */
import { inLocale } from '$lib/i18n/localised';
import type { Locale } from '$lib/i18n/locale';
import { FACTS } from '$lib/questionnaire/fact-data';
import { MEASURES, OVERALL, sideOf, type Measure, type Side } from '$lib/scoring/attribution';
import { changeBetween, type Change } from '$lib/scoring/change';
import { responseRate, type ResponseRate } from '$lib/scoring/response-rate';
import { figureOf, type Cell, type Figure } from '$lib/scoring/suppression';
import type { Formula, LevelCounts } from '$lib/scoring/tally';
import type { ItemResult, MeasureCell } from '$lib/transparency/results';
import { itemGroups, type ItemGroup } from '$lib/transparency/unit-page';
import type { FactResult, FactTexts, OfficeResults } from './figures';

/** The office reads one formula; the second one is a choice of the public pages. */
const FORMULA: Formula = 'top2';

/** Answers of a point that its figures need before they move (release rule). */
const BLOCK = 5;

const NOTHING = FACTS.I1?.choices.at(-1)?.vi;

export interface DimensionRow {
	measure: Measure;
	side: Side;
	figure: Figure;
	/** All ratings of the dimension's items by level; null unless every item is shown in full. */
	levels: LevelCounts | null;
	/** Null where there is no figure before, or either is too small to be compared. */
	change: { kind: Exclude<Change, 'not_compared'>; before: number } | null;
}

export interface ChoiceRow {
	text: string;
	persons: number;
	/** Of the persons who answered, a fraction. */
	share: number;
	/** "Nothing": an answer, but no thing to mend. */
	isNothing: boolean;
}

export interface FactRow {
	code: string;
	text: string;
	answers:
		| { state: 'shown'; persons: number; choices: ChoiceRow[] }
		/** 10 to 29 persons: shares of so few would be read as more than they are. */
		| { state: 'few' }
		| { state: 'hidden'; longerPeriod: string | null };
}

export interface WaitingRow {
	id: string;
	label: string;
	unit: string;
	today: number;
	waiting: number;
	/** How many more answers its figures wait for; 0 when they wait for the next working day only. */
	missing: number;
}

export interface Picture {
	rows: DimensionRow[];
	groups: ItemGroup[];
	/** I1, the most named first; null where no form asks it. */
	mended: FactRow | null;
	facts: FactRow[];
	points: WaitingRow[];
	rate: ResponseRate;
}

export function buildPicture(results: OfficeResults, locale: Locale): Picture {
	const { now, earlier, unit, factTexts } = results;
	const facts = now.facts.map((fact) => factRow(fact, factTexts[fact.code], locale));
	return {
		rows: MEASURES.flatMap((measure) => {
			const cell = cellOf(now.cells, unit.id, measure);
			if (!cell) return [];
			const before = cellOf(earlier.cells, unit.id, measure);
			return [
				{
					measure,
					side: sideOf(measure),
					figure: figureOf(cell, FORMULA),
					levels: levelsOf(measure, now.items),
					change: before ? changeOf(cell, before) : null
				}
			];
		}),
		groups: itemGroups(now.items, locale),
		mended: facts.find(({ code }) => code === 'I1') ?? null,
		facts: facts.filter(({ code }) => code !== 'I1'),
		rate: responseRate(results.served ?? undefined),
		points: results.points.map(({ labels, unit, ...point }) => ({
			...point,
			label: inLocale(labels, locale),
			unit: inLocale(unit.names, locale),
			missing: Math.max(0, BLOCK - point.waiting)
		}))
	};
}

function cellOf(cells: readonly MeasureCell[], unit: string, measure: Measure): Cell | undefined {
	return cells.find((cell) => cell.unitId === unit && cell.measure === measure)?.cell;
}

function changeOf(now: Cell, before: Cell): DimensionRow['change'] {
	if (now.state !== 'shown' || before.state !== 'shown') return null;
	const kind = changeBetween(now.sums[FORMULA], before.sums[FORMULA], FORMULA);
	const figure = figureOf(before, FORMULA);
	if (kind === 'not_compared' || figure.state !== 'shown') return null;
	return { kind, before: figure.value };
}

/** The measure of an item by its code (codes are stable); E1 stands on its own line. */
function measureOfItem(code: string): string | null {
	if (code === OVERALL || code.endsWith('0')) return code;
	return code === 'E1' ? null : code.charAt(0);
}

/** @returns null when an item of the measure is not shown in full: a part would not be its bar */
export function levelsOf(measure: Measure, items: readonly ItemResult[]): LevelCounts | null {
	const own = items.filter(({ code }) => measureOfItem(code) === measure);
	if (own.length === 0) return null;
	const sums: [number, number, number, number, number] = [0, 0, 0, 0, 0];
	for (const { counts } of own) {
		if (counts.state !== 'shown') return null;
		counts.levels.forEach((count, at) => (sums[at as 0] += count));
	}
	return sums;
}

function factRow(fact: FactResult, texts: FactTexts | undefined, locale: Locale): FactRow {
	const { code, counts } = fact;
	const text = texts ? inLocale(texts.text, locale) : code;
	if (counts.state === 'hidden') return { code, text, answers: counts };
	if (counts.state === 'interval') return { code, text, answers: { state: 'few' } };
	const { persons, choices } = counts;
	const named = Object.entries(choices).map(([number, count]) => {
		const words = texts?.choices[Number(number) - 1];
		return {
			text: words ? inLocale(words, locale) : number,
			persons: count,
			share: count / persons,
			isNothing: code === 'I1' && words?.vi === NOTHING,
			place: Number(number)
		};
	});
	// What people want mended is ranked; the choices of the other questions have an order of their own.
	named.sort(
		(a, b) =>
			Number(a.isNothing) - Number(b.isNothing) ||
			(code === 'I1' ? b.persons - a.persons : 0) ||
			a.place - b.place
	);
	return {
		code,
		text,
		answers: {
			state: 'shown',
			persons,
			choices: named.map(({ place: _, ...choice }) => choice)
		}
	};
}
