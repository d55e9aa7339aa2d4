/**
 * Rows of the first sheet of an Excel file, streamed: the sheet is never held as a whole. A formula is read
 * as the value Excel kept of it. Sizes are counted while they are unpacked: a zip bomb ends there.
 */
import type { Readable } from 'node:stream';
import { SaxesParser, type SaxesTagPlain } from 'saxes';
import { fromBufferPromise, type Entry, type ZipFile } from 'yauzl';
import { daySerial } from './dates.ts';
import { FileProblem } from './file-problem.ts';
import { MOST_COLUMNS, type Cell, type Row } from './table-file.ts';

const MB = 1024 * 1024;
/** Unpacked sizes: 100,000 rows of 40 columns are about 150 MB of sheet and a few MB of texts. */
const MOST_SHEET = 400 * MB;
const MOST_TEXTS = 48 * MB;
const MOST_PART = 2 * MB;
/** Characters of one cell; Excel itself stops at 32,767. */
const MOST_CELL = 32_767;

/** Bytes of an entry as text, counted. */
async function* textOf(zip: ZipFile, entry: Entry, most: number): AsyncGenerator<string> {
	if (entry.uncompressedSize > most) throw new FileProblem('too_large');
	const stream: Readable = await zip.openReadStreamPromise(entry);
	const decoder = new TextDecoder('utf-8', { fatal: true });
	let size = 0;
	for await (const chunk of stream as AsyncIterable<Buffer>) {
		size += chunk.length;
		if (size > most) throw new FileProblem('too_large');
		yield decoder.decode(chunk, { stream: true });
	}
	yield decoder.decode();
}

async function whole(zip: ZipFile, entry: Entry | undefined): Promise<string> {
	let text = '';
	if (entry) for await (const piece of textOf(zip, entry, MOST_PART)) text += piece;
	return text;
}

interface Tags {
	open?: (tag: SaxesTagPlain) => void;
	text?: (text: string) => void;
	close?: (name: string) => void;
}

/** A parser whose names carry no prefix: some programs write `x:row`. */
function parserOf({ open, text, close }: Tags): SaxesParser {
	const parser = new SaxesParser();
	const local = (name: string) => name.slice(name.indexOf(':') + 1);
	parser.on('error', (error) => {
		throw error;
	});
	// No entity of its own: nothing to expand, nothing to fetch.
	parser.on('doctype', () => {
		throw new FileProblem('not_a_table');
	});
	if (open) parser.on('opentag', (tag) => open({ ...tag, name: local(tag.name) }));
	if (text) parser.on('text', text);
	if (close) parser.on('closetag', (tag) => close(local(tag.name)));
	return parser;
}

/** Where the first sheet lies, and whether its dates count from 1904. */
async function firstSheet(zip: ZipFile, entries: Map<string, Entry>) {
	let relation = '';
	let from1904 = false;
	const book = parserOf({
		open: ({ name, attributes }) => {
			if (name === 'workbookPr') from1904 = ['1', 'true'].includes(attributes.date1904 ?? '');
			if (name === 'sheet' && attributes.state !== 'hidden') relation ||= attributes['r:id'] ?? '';
		}
	});
	book.write(await whole(zip, entries.get('xl/workbook.xml')));
	let target = '';
	const relations = parserOf({
		open: ({ name, attributes }) => {
			if (name === 'Relationship' && attributes.Id === relation) target = attributes.Target ?? '';
		}
	});
	relations.write(await whole(zip, entries.get('xl/_rels/workbook.xml.rels')));
	const path = target.startsWith('/') ? target.slice(1) : `xl/${target}`;
	return { entry: entries.get(path) ?? entries.get('xl/worksheets/sheet1.xml'), from1904 };
}

/** The texts that cells point to. Phonetic readings (rPh) are left out. */
async function sharedTexts(zip: ZipFile, entry: Entry | undefined): Promise<string[]> {
	const texts: string[] = [];
	if (!entry) return texts;
	let current = '';
	let inText = false;
	let phonetic = false;
	const parser = parserOf({
		open: ({ name }) => {
			if (name === 'si') current = '';
			else if (name === 'rPh') phonetic = true;
			else if (name === 't') inText = !phonetic;
		},
		text: (text) => {
			if (inText) current += text;
		},
		close: (name) => {
			if (name === 'si') texts.push(current.slice(0, MOST_CELL).trim().normalize('NFC'));
			else if (name === 'rPh') phonetic = false;
			else if (name === 't') inText = false;
		}
	});
	for await (const piece of textOf(zip, entry, MOST_TEXTS)) parser.write(piece);
	return texts;
}

/** `BC12` is column 54 (from 0). */
export function columnOf(reference: string): number {
	let column = 0;
	for (const letter of reference) {
		const value = letter.charCodeAt(0) - 64;
		if (value < 1 || value > 26) break;
		column = column * 26 + value;
	}
	return column - 1;
}

/** Formats that Excel itself counts as dates; others are dates when their code holds a day, month or year. */
const DATE_FORMAT_IDS = /^(1[4-7]|22|2[7-9]|3[0-6]|5[0-8])$/;
const isDateCode = (code: string) => /[dy]|m{3}/i.test(code.replace(/"[^"]*"|\[[^\]]*\]|\\./g, ''));

/** For each style of a cell whether it shows a number as a day. */
async function dateStyles(zip: ZipFile, entry: Entry | undefined): Promise<boolean[]> {
	const codes = new Map<string, string>();
	const styles: boolean[] = [];
	let inCells = false;
	const parser = parserOf({
		open: ({ name, attributes }) => {
			const id = attributes.numFmtId ?? '';
			if (name === 'numFmt') codes.set(id, attributes.formatCode ?? '');
			else if (name === 'cellXfs') inCells = true;
			else if (name === 'xf' && inCells) {
				styles.push(DATE_FORMAT_IDS.test(id) || isDateCode(codes.get(id) ?? ''));
			}
		},
		close: (name) => {
			if (name === 'cellXfs') inCells = false;
		}
	});
	parser.write(await whole(zip, entry));
	return styles;
}

const DAYS_FROM_1900_TO_1904 = 1462;

interface Book {
	texts: readonly string[];
	dates: readonly boolean[];
	from1904: boolean;
}

/** Turns the events of a sheet into rows; `done` holds those that are complete. */
class SheetReader {
	readonly done: Row[] = [];
	private row: Row | undefined;
	private column = 0;
	private type = '';
	private isDate = false;
	private value = '';
	private reading = false;
	private lastNumber = 0;
	private readonly book: Book;

	constructor(book: Book) {
		this.book = book;
	}

	open({ name, attributes }: SaxesTagPlain): void {
		if (name === 'row') {
			this.lastNumber = Number(attributes.r) || this.lastNumber + 1;
			this.row = { number: this.lastNumber, cells: [] };
			this.column = -1;
		} else if (name === 'c') {
			this.column = attributes.r ? columnOf(attributes.r) : this.column + 1;
			this.type = attributes.t ?? 'n';
			this.isDate = this.book.dates[Number(attributes.s)] ?? false;
			this.value = '';
		} else if (name === 'v' || name === 't') this.reading = true;
	}

	text(text: string): void {
		if (this.reading && this.value.length < MOST_CELL) this.value += text;
	}

	close(name: string): void {
		if (name === 'v' || name === 't') this.reading = false;
		else if (name === 'c') this.put();
		else if (name === 'row' && this.row) {
			this.done.push(this.row);
			this.row = undefined;
		}
	}

	private put(): void {
		if (!this.row || this.value === '') return;
		if (this.column < 0 || this.column >= MOST_COLUMNS) {
			throw new FileProblem('too_many_columns', MOST_COLUMNS);
		}
		while (this.row.cells.length < this.column) this.row.cells.push('');
		this.row.cells[this.column] = this.cell();
	}

	private cell(): Cell {
		if (this.type === 's') return this.book.texts[Number(this.value)] ?? '';
		if (this.type === 'n') {
			const number = Number(this.value);
			if (!Number.isFinite(number)) return '';
			const serial = this.book.from1904 ? number + DAYS_FROM_1900_TO_1904 : number;
			return (this.isDate ? daySerial(serial) : undefined) ?? number;
		}
		// A formula that failed has no value: #REF!, #N/A.
		if (this.type === 'e') return '';
		if (this.type === 'b') return this.value === '1' ? 1 : 0;
		return this.value.slice(0, MOST_CELL).trim().normalize('NFC');
	}
}

async function entriesOf(zip: ZipFile): Promise<Map<string, Entry>> {
	const entries = new Map<string, Entry>();
	for await (const entry of zip.eachEntry()) {
		if (entries.size > 2000) throw new FileProblem('too_large');
		entries.set(entry.fileName, entry);
	}
	return entries;
}

/** @throws FileProblem not_a_table, too_large, too_many_columns */
export async function* readXlsx(bytes: Uint8Array): AsyncGenerator<Row> {
	try {
		const zip = await fromBufferPromise(
			Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
		);
		const entries = await entriesOf(zip);
		const { entry, from1904 } = await firstSheet(zip, entries);
		if (!entry) throw new FileProblem('not_a_table');
		const texts = await sharedTexts(zip, entries.get('xl/sharedStrings.xml'));
		const dates = await dateStyles(zip, entries.get('xl/styles.xml'));
		const reader = new SheetReader({ texts, dates, from1904 });
		const parser = parserOf({
			open: (tag) => reader.open(tag),
			text: (text) => reader.text(text),
			close: (name) => reader.close(name)
		});
		for await (const piece of textOf(zip, entry, MOST_SHEET)) {
			parser.write(piece);
			yield* reader.done.splice(0);
		}
	} catch (error) {
		if (error instanceof FileProblem) throw error;
		throw new FileProblem('not_a_table');
	}
}
