/**
 * One table as CSV that Excel opens with its diacritics. An interval becomes two columns, numbers stay
 * numbers with a point, and a text that a spreadsheet would run as a formula is made harmless.
 */
import { stringify } from 'csv-stringify/sync';
import { rounded, type Cell, type Column, type ReportTable } from './report';

/** Words of the two columns of an interval. */
const [LOW, HIGH] = ['từ', 'đến'];

const headsOf = ({ head, kind }: Column): string[] =>
	kind === 'interval' ? [`${head} (${LOW})`, `${head} (${HIGH})`] : [head];

function valuesOf(cell: Cell, kind: Column['kind']): (string | number)[] {
	if (typeof cell === 'object') return [rounded(cell.low), rounded(cell.high)];
	const value = typeof cell === 'number' && kind === 'percent' ? rounded(cell) : cell;
	return kind === 'interval' ? [value, ''] : [value];
}

/** The table with a byte order mark; what SQL or people wrote cannot become a formula. */
export function toCsv({ columns, rows }: ReportTable): string {
	return stringify(
		[
			columns.flatMap(headsOf),
			...rows.map((row) => row.flatMap((cell, at) => valuesOf(cell, columns[at]!.kind)))
		],
		{ bom: true, escape_formulas: true, record_delimiter: 'windows' }
	);
}
