/**
 * Writes tables as files: CSV streamed as Excel in Vietnam opens it (UTF-8 with BOM, semicolon), and .xlsx with
 * a bold heading and a second sheet that explains. In a CSV a text that a spreadsheet would run as a formula gets
 * an apostrophe in front; in .xlsx a text is typed as text and never runs.
 */
import { stringify } from 'csv-stringify/sync';
import writeXlsxFile, { type SheetData } from 'write-excel-file/node';
import type { Cell } from './table-file';

const RUNS = /^[=+\-@\t\r]/;

/** A text that no spreadsheet runs. Numbers stay numbers. */
export function harmless(cell: Cell): Cell {
	return typeof cell === 'string' && RUNS.test(cell) ? `'${cell}` : cell;
}

const encoder = new TextEncoder();

/** @param rows the heading first */
export function csvStream(rows: AsyncIterable<Cell[]>): ReadableStream<Uint8Array> {
	const iterator = rows[Symbol.asyncIterator]();
	let begun = false;
	return new ReadableStream({
		async pull(controller) {
			const next = await iterator.next();
			if (next.done) return controller.close();
			const line = stringify([next.value.map(harmless)], { delimiter: ';', eof: true });
			controller.enqueue(encoder.encode(begun ? line : `\uFEFF${line}`));
			begun = true;
		},
		async cancel() {
			await iterator.return?.();
		}
	});
}

export interface SheetOf {
	name: string;
	/** Widths in characters. */
	widths: number[];
	/** The heading first. */
	rows: Cell[][];
}

/** The bytes of an .xlsx file. */
export async function xlsxBytes(sheets: SheetOf[]): Promise<Uint8Array<ArrayBuffer>> {
	const written = writeXlsxFile(
		sheets.map(({ name, widths, rows }) => ({
			sheet: name,
			columns: widths.map((width) => ({ width })),
			stickyRowsCount: 1,
			data: rows.map((row, at) =>
				row.map((cell) =>
					cell === ''
						? null
						: {
								value: cell,
								type: typeof cell === 'number' ? Number : String,
								...(at === 0 ? { fontWeight: 'bold' } : { wrap: typeof cell === 'string' })
							}
				)
			) as SheetData
		}))
	);
	return new Uint8Array(await written.toBuffer());
}
