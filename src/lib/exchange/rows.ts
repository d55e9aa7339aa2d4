/**
 * From the rows of a file to rows that can be staged: finds the heading, reads each cell by its column,
 * and lists everything that is wrong with a row, not the first thing only. Pure.
 */
import { COLUMNS, isExample, keyOf, type Column, type FileKind } from './columns.ts';
import { FileProblem } from './file-problem.ts';
import { fold } from './fold.ts';
import { isBlank, type Cell, type Row } from './table-file.ts';

export interface RowProblem {
	field: string;
	key: string;
	value?: string;
}

export interface StagedRow {
	number: number;
	cells: Record<string, unknown>;
	key: string | null;
	problems: RowProblem[];
}

/** Rows over the heading (titles, merged cells) that are looked through for it. */
const HEADING_WITHIN = 15;

/** A cell as written back by our own exports: the sign that keeps a formula from running is taken off. */
const unescaped = (cell: Cell): Cell =>
	typeof cell === 'string' && /^'[=+\-@\t\r]/.test(cell) ? cell.slice(1) : cell;

/** Which column of the file is which of ours; undefined while this row is not the heading. */
export function matchHeading(kind: FileKind, row: Row): Map<number, Column> | undefined {
	const columns = COLUMNS[kind];
	const found = new Map<number, Column>();
	const taken = new Set<Column>();
	const words = row.cells.map((cell) => fold(String(cell)));
	// A heading of its own wins over an alias, so that "Mã lĩnh vực" and "Lĩnh vực" may stand side by side.
	for (const exact of [true, false]) {
		words.forEach((word, at) => {
			if (word === '' || found.has(at)) return;
			const column = columns.find(
				(one) =>
					!taken.has(one) &&
					(exact
						? fold(one.heading) === word
						: [...one.aliases, one.field].some((alias) => fold(alias) === word))
			);
			if (!column) return;
			found.set(at, column);
			taken.add(column);
		});
	}
	const needed = columns.filter(({ required }) => required);
	return needed.every((column) => taken.has(column)) && found.size >= 2 ? found : undefined;
}

function stage(kind: FileKind, heading: Map<number, Column>, row: Row): StagedRow {
	const cells: Record<string, unknown> = {};
	const problems: RowProblem[] = [];
	for (const [at, column] of heading) {
		const cell = unescaped(row.cells[at] ?? '');
		if (column.information) continue;
		if (cell === '') {
			if (column.required) problems.push({ field: column.field, key: 'missing' });
			continue;
		}
		const read = column.read(cell);
		if ('problem' in read) {
			problems.push({ field: column.field, key: read.problem, value: String(cell).slice(0, 80) });
		} else if (read.value !== null && read.value !== '') cells[column.field] = read.value;
	}
	if (kind === 'procedures' && cells.code !== undefined && cells.name === undefined) {
		problems.push({ field: 'name', key: 'missing' });
	}
	return { number: row.number, cells, key: keyOf(kind, cells), problems };
}

/**
 * The rows of a set-up file, staged one after the other.
 * @throws FileProblem no_header when no row names the columns that are needed; empty without a row under it
 */
export async function* stagedRows(
	kind: FileKind,
	rows: AsyncIterable<Row>
): AsyncGenerator<StagedRow> {
	let heading: Map<number, Column> | undefined;
	let looked = 0;
	let staged = 0;
	for await (const row of rows) {
		if (isBlank(row)) continue;
		if (!heading) {
			heading = matchHeading(kind, row);
			if (!heading && ++looked > HEADING_WITHIN) break;
			continue;
		}
		const one = stage(kind, heading, row);
		if (isExample(kind, one)) continue;
		staged++;
		yield one;
	}
	if (!heading) {
		const wanted = COLUMNS[kind].filter(({ required }) => required);
		throw new FileProblem('no_header', wanted.map((one) => one.heading).join(', '));
	}
	if (staged === 0) throw new FileProblem('empty');
}
