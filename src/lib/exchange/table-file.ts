/**
 * A file with a table, whatever it is: rows come out one after the other, so that a hundred thousand of them
 * need no more memory than ten thousand. The content says what it is, never the name.
 */
import { FileProblem } from './file-problem.ts';
import { readCsv } from './read-csv.ts';
import { readXlsx } from './read-xlsx.ts';

/** Numbers only from Excel; text is trimmed and in one Unicode form. */
export type Cell = string | number;

export interface Row {
	/** Its number in the file, as the program shows it. */
	number: number;
	cells: Cell[];
}

export const MOST_COLUMNS = 200;
/** Bytes of an upload; the server takes 11 MB with the form around it. */
export const MOST_BYTES = 10 * 1024 * 1024;

const starts = (bytes: Uint8Array, ...start: number[]) =>
	start.every((byte, at) => bytes[at] === byte);

export const isBlank = (row: Row): boolean => row.cells.every((cell) => cell === '');

/** @throws FileProblem */
export async function* readTable(bytes: Uint8Array): AsyncGenerator<Row> {
	if (bytes.length === 0) throw new FileProblem('empty');
	if (bytes.length > MOST_BYTES) throw new FileProblem('too_large');
	// Excel before 2007, and files behind a password, are compound documents.
	if (starts(bytes, 0xd0, 0xcf, 0x11, 0xe0)) throw new FileProblem('old_excel');
	if (starts(bytes, 0xff, 0xfe) || starts(bytes, 0xfe, 0xff)) throw new FileProblem('encoding');
	yield* starts(bytes, 0x50, 0x4b, 0x03, 0x04) ? readXlsx(bytes) : readCsv(bytes);
}
