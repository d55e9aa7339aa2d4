/**
 * Published cells as open data: one score per cell and formula, as an object and as a line of CSV. Pure, and also
 * read by the worker (hence the relative imports). The lines are what the daily hash covers: their form never
 * changes within /api/v1 (docs/open-data.md).
 *
 * A cell of 10 to 29 persons gives its interval and number of answers, and nothing a point figure follows from
 * exactly: no sum, no levels.
 */
import { stringify } from 'csv-stringify/sync';
import { figureOf } from '../scoring/suppression.ts';
import { sumsOfLevels, type Formula, type LevelCounts, type PersonSums } from '../scoring/tally.ts';

export const FORMULAS = ['top2', 'mean'] as const;

/** What every score of a publication has in common. */
export interface Publication {
	id: string;
	organisationId: string;
	organisation: string;
	period: string;
	start: string;
	end: string;
	revision: number;
	publishedOn: string;
}

/** A shown cell as SQL gives it. Squares are text: they may be larger than a number holds exactly. */
export interface OpenCell {
	publicationId: string;
	unitId: string;
	unit: string;
	/** `measure:B` or `item:B1`. */
	subject: string;
	persons: number;
	values:
		| {
				kind: 'measure';
				top2: [sum: number, squares: string];
				mean: [sum: number, squares: string];
		  }
		| { kind: 'item'; levels: LevelCounts };
}

export interface Score {
	id: string;
	organisation_id: string;
	organisation: string;
	unit_id: string;
	unit: string;
	period: string;
	start: string;
	end: string;
	revision: number;
	published_on: string;
	subject: string;
	formula: Formula;
	state: 'shown' | 'interval';
	persons: number;
	/** Percent with one decimal, as it is published. */
	value: number | null;
	low: number;
	high: number;
	/** Sum over persons of their values in millionths, and of the squares of these. */
	sum: number | null;
	squares: string | null;
	n1: number | null;
	n2: number | null;
	n3: number | null;
	n4: number | null;
	n5: number | null;
}

/** The columns of the CSV, in their order. */
export const COLUMNS = [
	'id',
	'organisation_id',
	'organisation',
	'unit_id',
	'unit',
	'period',
	'start',
	'end',
	'revision',
	'published_on',
	'subject',
	'formula',
	'state',
	'persons',
	'value',
	'low',
	'high',
	'sum',
	'squares',
	'n1',
	'n2',
	'n3',
	'n4',
	'n5'
] as const satisfies readonly (keyof Score)[];

/** A share as percent with one decimal: the same digits as on every page. */
const percent = (fraction: number): number => Number((100 * fraction).toFixed(1));

function sumsOf({ persons, values }: OpenCell, formula: Formula): PersonSums & { exact: string } {
	if (values.kind === 'item') {
		const sums = sumsOfLevels(values.levels, formula);
		return { ...sums, exact: exactSquares(values.levels, formula) };
	}
	const [sum, squares] = values[formula];
	return { persons, sum, squares: Number(squares), exact: squares };
}

/** Σx² of an item without rounding. */
function exactSquares(levels: LevelCounts, formula: Formula): string {
	return levels
		.reduce((total, count, at) => {
			const { sum } = sumsOfLevels(only(at), formula);
			return total + BigInt(count) * BigInt(sum) ** 2n;
		}, 0n)
		.toString();
}

const only = (level: number) =>
	[0, 1, 2, 3, 4].map((at) => Number(at === level)) as unknown as LevelCounts;

/** Both figures of a cell, or the one of a formula; none should SQL ever let out a cell of too few. */
export function scoresOf(
	cell: OpenCell,
	publication: Publication,
	formulas: readonly Formula[] = FORMULAS
): Score[] {
	return formulas.flatMap((formula) => {
		const { exact, ...sums } = sumsOf(cell, formula);
		const figure = figureOf({ state: 'shown', sums: { top2: sums, mean: sums } }, formula);
		if (figure.state === 'hidden') return [];
		const isShown = figure.state === 'shown';
		const levels = isShown && cell.values.kind === 'item' ? cell.values.levels : null;
		const { period, revision } = publication;
		return {
			id: `${period}.${revision}/${cell.unitId}/${cell.subject}/${formula}`,
			organisation_id: publication.organisationId,
			organisation: publication.organisation,
			unit_id: cell.unitId,
			unit: cell.unit,
			period,
			start: publication.start,
			end: publication.end,
			revision,
			published_on: publication.publishedOn,
			subject: cell.subject,
			formula,
			state: figure.state,
			persons: figure.persons,
			value: isShown ? percent(figure.value) : null,
			low: percent(figure.low),
			high: percent(figure.high),
			sum: isShown ? sums.sum : null,
			squares: isShown ? exact : null,
			n1: levels?.[0] ?? null,
			n2: levels?.[1] ?? null,
			n3: levels?.[2] ?? null,
			n4: levels?.[3] ?? null,
			n5: levels?.[4] ?? null
		};
	});
}

/** The first line of the CSV; the mark before it makes Excel read the diacritics. */
export const CSV_HEAD = `\uFEFF${COLUMNS.join(',')}\r\n`;

/** Scores as lines of CSV; a name that a spreadsheet would run as a formula is made harmless. */
export function csvLines(scores: readonly Score[]): string {
	return stringify(
		scores.map((score) =>
			COLUMNS.map((column) => {
				const value = score[column];
				const isPercent = column === 'value' || column === 'low' || column === 'high';
				return isPercent && value !== null ? (value as number).toFixed(1) : value;
			})
		),
		{ record_delimiter: 'windows', escape_formulas: true }
	);
}
