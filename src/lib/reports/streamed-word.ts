/**
 * A Word file written step by step. docx makes the file once with a single line per table whose
 * cells are marks; the lines are then written after this form, a few at a time, straight into the zip.
 * So the parts are exactly those docx makes of the whole, at a fraction of the work, and neither memory
 * nor the time without a pause grows with the number of units.
 */
import { strFromU8, unzipSync } from 'fflate';
import { cellText, type Report, type ReportTable } from './report';
import { NO_BYTES, type Step } from './steps';
import { slices, steppedZip, writtenLines, xmlText, type ZipPiece } from './stepped-zip';

/** Between two marks stands what is the same in every line of a table. */
interface LineForm {
	table: ReportTable;
	/** Literal, column, literal, column, …, literal. */
	parts: (string | number)[];
}
type Piece = string | LineForm;

/** The same report with one line of marks in every table. */
const withMarks = (report: Report, mark: string): Report => ({
	...report,
	tables: report.tables.map((table, at) => ({
		...table,
		rows: table.rows.length > 0 ? [table.columns.map((_, column) => `${mark}${at}-${column}.`)] : []
	}))
});

/** A part of the file, cut where lines are to be written. */
function cut(xml: string, mark: string, { tables }: Report): Piece[] {
	const marks = new RegExp(`${mark}(\\d+)-(\\d+)\\.`, 'g');
	const pieces: Piece[] = [];
	let from = 0;
	for (let found = marks.exec(xml); found; found = marks.exec(xml)) {
		// The innermost row around the mark: an outline may have our table in a cell of its own.
		const start = Math.max(
			xml.lastIndexOf('<w:tr>', found.index),
			xml.lastIndexOf('<w:tr ', found.index)
		);
		const end = xml.indexOf('</w:tr>', found.index) + '</w:tr>'.length;
		const cells = xml.slice(start, end).split(marks);
		// split() puts both numbers of a mark between two literals: the table, which is known, and the column.
		const parts = cells.flatMap((part, at): (string | number)[] =>
			at % 3 === 0 ? [part] : at % 3 === 2 ? [Number(part)] : []
		);
		pieces.push(xml.slice(from, start), { table: tables[Number(found[1])]!, parts });
		from = marks.lastIndex = end;
	}
	return [...pieces, xml.slice(from)];
}

function lineOf({ table, parts }: LineForm, row: ReportTable['rows'][number]): string {
	const { columns } = table;
	return parts
		.map((part) =>
			typeof part === 'number' ? xmlText(cellText(row[part]!, columns[part]!.kind)) : part
		)
		.join('');
}

function* written(pieces: Piece[]): Generator<ZipPiece> {
	for (const piece of pieces) {
		if (typeof piece === 'string') yield { data: piece, lines: 0 };
		else yield* writtenLines(piece.table.rows, (row) => lineOf(piece, row));
	}
}

const linesOf = (pieces: readonly Piece[]): number =>
	pieces.reduce((sum, piece) => sum + (typeof piece === 'string' ? 0 : piece.table.rows.length), 0);

/** @param write makes the whole file of a report; called once, with a line per table */
export async function* streamedWord(
	report: Report,
	write: (form: Report) => Promise<Uint8Array>
): AsyncGenerator<Step> {
	yield { done: 0, of: 0, bytes: NO_BYTES };
	const mark = `dong-${crypto.randomUUID()}-`;
	const shell = unzipSync(new Uint8Array(await write(withMarks(report, mark))));
	const files = Object.entries(shell).map(([path, bytes]) => {
		const isText = /\.(xml|rels)$/.test(path);
		return { path, bytes, cuts: isText ? cut(strFromU8(bytes), mark, report) : [] };
	});
	const parts = files.map(({ path, bytes, cuts }) => ({
		path,
		// A part without lines stays the bytes it is.
		pieces: cuts.length > 1 ? written(cuts) : slices(bytes)
	}));
	yield* steppedZip(
		parts,
		files.reduce((sum, { cuts }) => sum + linesOf(cuts), 0)
	);
}
