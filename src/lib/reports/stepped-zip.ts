/** A zip written piece by piece, with the number of lines that are in it so far. */
import { strToU8, Zip, ZipDeflate } from 'fflate';
import { NO_BYTES, type Step } from './steps';

/** Bytes that go through the zip without a pause. */
const BYTES_AT_ONCE = 65_536;

export interface ZipPiece {
	data: string | Uint8Array;
	/** How many lines of tables are in it. */
	lines: number;
}
export interface ZipPart {
	path: string;
	/** Made one after another, each when the one before has been taken. */
	pieces: Iterable<ZipPiece>;
}

/** Bytes cut so that none holds everybody up. */
export function* slices(bytes: Uint8Array): Generator<ZipPiece> {
	for (let at = 0; at < bytes.length; at += BYTES_AT_ONCE) {
		yield { data: bytes.subarray(at, at + BYTES_AT_ONCE), lines: 0 };
	}
}

const LINES_AT_ONCE = 10;

/** Lines of a table, a few at a time. */
export function* writtenLines<Row>(
	rows: readonly Row[],
	lineOf: (row: Row, at: number) => string
): Generator<ZipPiece> {
	for (let at = 0; at < rows.length; at += LINES_AT_ONCE) {
		const some = rows.slice(at, at + LINES_AT_ONCE);
		yield { data: some.map((row, n) => lineOf(row, at + n)).join(''), lines: some.length };
	}
}

/** @param of all lines that the parts will have */
export function* steppedZip(parts: Iterable<ZipPart>, of: number): Generator<Step> {
	let done = 0;
	let ready: Uint8Array[] = [];
	const zip = new Zip((failure, bytes) => {
		if (failure) throw failure;
		ready.push(bytes);
	});
	const step = (): Step => {
		const bytes = Buffer.concat(ready);
		ready = [];
		return { done, of, bytes };
	};
	for (const { path, pieces } of parts) {
		const file = new ZipDeflate(path);
		zip.add(file);
		for (const { data, lines } of pieces) {
			file.push(typeof data === 'string' ? strToU8(data) : data);
			done += lines;
			yield step();
		}
		file.push(NO_BYTES, true);
	}
	zip.end();
	yield step();
}

/** What XML cannot hold is left out, as docx and write-excel-file leave it out. */
// eslint-disable-next-line no-control-regex
const NOT_XML = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;
const ENTITIES: Record<string, string> = {
	'&': '&amp;',
	'<': '&lt;',
	'>': '&gt;',
	'"': '&quot;',
	"'": '&apos;'
};

export const xmlText = (text: string): string =>
	text.replaceAll(NOT_XML, '').replaceAll(/[&<>"']/g, (sign) => ENTITIES[sign]!);
