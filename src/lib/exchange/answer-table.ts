/**
 * The table of an earlier survey, whatever its shape: finds the heading under titles and over merged cells,
 * names every column, and gives the rows as short texts. Pure. Long texts are cut: only days, places and levels
 * are read from here, and what people wrote then stays in the file.
 */
import { FileProblem } from './file-problem.ts';
import { isBlank, type Cell, type Row } from './table-file.ts';

/** Rows at the top among which the heading is looked for. */
const LOOKED_AT = 15;
const LONGEST = 120;

export interface AnswerRow {
	number: number;
	cells: string[];
}

const filled = (cells: Cell[]) => cells.filter((cell) => cell !== '').length;

/** `A`, `B`, … `AA`: how spreadsheets call a column. */
export function letters(column: number): string {
	const last = String.fromCharCode(65 + (column % 26));
	return column < 26 ? last : letters(Math.floor(column / 26) - 1) + last;
}

/** Under a heading with merged cells: a row of texts that fills its gaps and leaves its first column blank. */
function isSubHeading(heading: Cell[], row: Row | undefined): row is Row {
	if (!row || (row.cells[0] ?? '') !== '') return false;
	const fillsGaps = row.cells.some((cell, at) => cell !== '' && (heading[at] ?? '') === '');
	return fillsGaps && row.cells.every((cell) => typeof cell === 'string');
}

/** The headings, with how many of the rows they take. */
export function headingOf(rows: Row[]): { columns: string[]; taken: number } | undefined {
	const most = Math.max(0, ...rows.map(({ cells }) => filled(cells)));
	const at = rows.findIndex(({ cells }) => filled(cells) >= Math.max(2, 0.6 * most));
	const heading = rows[at]?.cells;
	if (!heading) return undefined;
	const below = rows[at + 1];
	const sub = isSubHeading(heading, below) ? below.cells : [];
	const width = Math.max(...rows.map(({ cells }) => cells.length));
	let group = '';
	const columns = Array.from({ length: width }, (_, column) => {
		const own = String(heading[column] ?? '');
		const under = String(sub[column] ?? '');
		if (own !== '') group = own;
		const text = under === '' ? own : own === under || group === '' ? under : `${group}: ${under}`;
		return text.slice(0, LONGEST) || letters(column);
	});
	return { columns, taken: at + (sub.length > 0 ? 2 : 1) };
}

const short = (cell: Cell) => String(cell).slice(0, LONGEST);

/** @throws FileProblem empty, no_header */
export async function readAnswers(
	rows: AsyncGenerator<Row>
): Promise<{ columns: string[]; rows: AsyncGenerator<AnswerRow> }> {
	const top: Row[] = [];
	while (top.length < LOOKED_AT) {
		const next = await rows.next();
		if (next.done) break;
		if (!isBlank(next.value)) top.push(next.value);
	}
	if (top.length === 0) throw new FileProblem('empty');
	const heading = headingOf(top);
	if (!heading) throw new FileProblem('no_header');
	const { columns, taken } = heading;
	if (top.length <= taken) throw new FileProblem('empty');
	const answer = ({ number, cells }: Row): AnswerRow => ({
		number,
		cells: columns.map((_, column) => short(cells[column] ?? ''))
	});
	async function* all(): AsyncGenerator<AnswerRow> {
		for (const row of top.slice(taken)) yield answer(row);
		for await (const row of rows) if (!isBlank(row)) yield answer(row);
	}
	return { columns, rows: all() };
}
