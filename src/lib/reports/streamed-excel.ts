/**
 * An Excel file written step by step. write-excel-file makes it once with two lines per sheet, one of
 * numbers and one of words, which show how each column is styled; the rows are then written after them,
 * a few at a time, straight into the zip, and their words behind the others in the shared strings.
 */
import { strFromU8, unzipSync } from 'fflate';
import { cellsOf, LINES_ABOVE, toExcel } from './excel';
import type { Cell, Report, ReportTable } from './report';
import {
	slices,
	steppedZip,
	writtenLines,
	xmlText,
	type ZipPart,
	type ZipPiece
} from './stepped-zip';
import { NO_BYTES, type Step } from './steps';

const STRINGS = 'xl/sharedStrings.xml';
/** Lines of a sheet that only show the styles. */
const SHOWN = 2;
const NUMBERS = LINES_ABOVE + 1;
const WORDS = LINES_ABOVE + 2;

/** Words are the table's own title: what is written for its style's sake adds no string. */
const withForms = (report: Report): Report => ({
	...report,
	tables: report.tables.map((table) => {
		const numbers = table.columns.map(({ kind }): Cell =>
			kind === 'interval' ? { low: 1, high: 1 } : 1
		);
		const isEmpty = table.rows.length === 0;
		return { ...table, rows: isEmpty ? [] : [numbers, table.columns.map(() => table.title)] };
	})
});

/** Column letters to the attribute of their style, as a line of a sheet has them. */
function stylesOf(sheet: string, line: number): Map<string, string> {
	const cells = sheet.matchAll(new RegExp(`<c r="([A-Z]+)${line}"((?: s="\\d+")?)`, 'g'));
	return new Map([...cells].map(([, letters, style]) => [letters!, style!]));
}

/** The same lines further down. */
const movedDown = (xml: string, by: number): string =>
	xml.replaceAll(
		/(<row r="|<c r="[A-Z]+)(\d+)"/g,
		(_, start: string, line: string) => `${start}${Number(line) + by}"`
	);

/** Words that cells point to; those of the rows follow those the file was made with. */
class SharedStrings {
	readonly #shell: string;
	readonly #at = new Map<string, number>();
	readonly #made: number;

	constructor(xml: string) {
		this.#shell = xml.slice(0, xml.lastIndexOf('</sst>'));
		this.#made = xml.split('<si>').length - 1;
	}

	/** Where these words stand. */
	at(words: string): number {
		let at = this.#at.get(words);
		if (at === undefined) this.#at.set(words, (at = this.#made + this.#at.size));
		return at;
	}

	*written(): Generator<ZipPiece> {
		yield { data: this.#shell, lines: 0 };
		const words = [...this.#at.keys()];
		for (let at = 0; at < words.length; at += 500) {
			const some = words.slice(at, at + 500);
			const items = some.map((each) => `<si><t xml:space="preserve">${xmlText(each)}</t></si>`);
			yield { data: items.join(''), lines: 0 };
		}
		yield { data: '</sst>', lines: 0 };
	}
}

function* writtenSheet(
	sheet: string,
	{ rows, columns }: ReportTable,
	strings: SharedStrings
): Generator<ZipPiece> {
	const [numbers, words] = [stylesOf(sheet, NUMBERS), stylesOf(sheet, WORDS)];
	const letters = [...numbers.keys()];
	const start = sheet.indexOf(`<row r="${NUMBERS}"`);
	const end = sheet.indexOf('</row>', sheet.indexOf(`<row r="${WORDS}"`)) + '</row>'.length;
	const lineOf = (row: Cell[], line: number): string => {
		const cells = row.flatMap((cell, at) => cellsOf(cell, columns[at]!.kind));
		const written = cells.map((cell, at) => {
			if (cell === null || typeof cell !== 'object' || !('value' in cell)) return '';
			const { value } = cell;
			const style = (typeof value === 'number' ? numbers : words).get(letters[at]!) ?? '';
			const begun = `<c r="${letters[at]}${line}"${style}`;
			if (typeof value === 'number') return `${begun}><v>${value}</v></c>`;
			return value ? `${begun} t="s"><v>${strings.at(String(value))}</v></c>` : `${begun}/>`;
		});
		return `<row r="${line}">${written.join('')}</row>`;
	};
	yield { data: sheet.slice(0, start), lines: 0 };
	yield* writtenLines(rows, (row, at) => lineOf(row, NUMBERS + at));
	yield { data: movedDown(sheet.slice(end), rows.length - SHOWN), lines: 0 };
}

export async function* streamedExcel(report: Report): AsyncGenerator<Step> {
	yield { done: 0, of: 0, bytes: NO_BYTES };
	const { [STRINGS]: shared, ...shell } = unzipSync(
		new Uint8Array(await toExcel(withForms(report)))
	);
	const strings = new SharedStrings(strFromU8(shared!));
	const parts = Object.entries(shell).map(([path, bytes]): ZipPart => {
		const number = /^xl\/worksheets\/sheet(\d+)\.xml$/.exec(path)?.[1];
		const table = number ? report.tables[Number(number) - 1] : undefined;
		const isWritten = table && table.rows.length > 0;
		return {
			path,
			pieces: isWritten ? writtenSheet(strFromU8(bytes), table, strings) : slices(bytes)
		};
	});
	const of = report.tables.reduce((sum, { rows }) => sum + rows.length, 0);
	// The strings come last: only then are all of them known.
	yield* steppedZip([...parts, { path: STRINGS, pieces: strings.written() }], of);
}
