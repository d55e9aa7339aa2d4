/**
 * Rows of a CSV file, one after the other: UTF-8 with or without BOM, semicolon, comma or tab, quoted as
 * Excel does. Vietnamese Windows-1258 and its like are refused: guessing would spoil names silently.
 */
import { parse } from 'csv-parse';
import { FileProblem } from './file-problem.ts';
import { MOST_COLUMNS, type Row } from './table-file.ts';

const DELIMITERS = [';', ',', '\t'] as const;
/** Text is decoded in pieces, so that a large file costs no second copy in memory. */
const PIECE = 64 * 1024;

function* decoded(bytes: Uint8Array): Generator<string> {
	const decoder = new TextDecoder('utf-8', { fatal: true });
	try {
		for (let at = 0; at < bytes.length; at += PIECE) {
			yield decoder.decode(bytes.subarray(at, at + PIECE), { stream: true });
		}
		yield decoder.decode();
	} catch {
		throw new FileProblem('encoding');
	}
}

/** The separator that the first line holds most often outside quotes; a semicolon when none. */
export function delimiterOf(text: string): string {
	const counts = new Map<string, number>(DELIMITERS.map((one) => [one, 0]));
	let quoted = false;
	for (const letter of text) {
		if (letter === '"') quoted = !quoted;
		else if (
			!quoted &&
			(letter === '\n' || letter === '\r') &&
			[...counts.values()].some(Boolean)
		) {
			break;
		} else if (!quoted && counts.has(letter)) counts.set(letter, counts.get(letter)! + 1);
	}
	return [...DELIMITERS].sort((a, b) => counts.get(b)! - counts.get(a)!)[0]!;
}

/** Excel writes the separator itself into a first line `sep=;`. */
const SEP_LINE = /^sep=(.)\r?\n/;

/** @throws FileProblem encoding, quotes, too_many_columns */
export async function* readCsv(bytes: Uint8Array): AsyncGenerator<Row> {
	const pieces = decoded(bytes);
	let first = String(pieces.next().value ?? '');
	const said = SEP_LINE.exec(first)?.[1];
	if (said) first = first.replace(SEP_LINE, '');
	const parser = parse({
		delimiter: said ?? delimiterOf(first),
		relax_column_count: true,
		relax_quotes: true,
		skip_empty_lines: false,
		trim: true,
		info: true,
		max_record_size: 200_000
	});
	let failure: unknown;
	const feed = async () => {
		try {
			for (let text: string | undefined = first; text !== undefined;) {
				if (!parser.write(text)) await new Promise((next) => parser.once('drain', next));
				text = pieces.next().value as string | undefined;
			}
			parser.end();
		} catch (error) {
			failure = error;
			parser.destroy();
		}
	};
	const fed = feed();
	try {
		for await (const one of parser as AsyncIterable<{
			record: string[];
			info: { lines: number };
		}>) {
			if (one.record.length > MOST_COLUMNS) throw new FileProblem('too_many_columns', MOST_COLUMNS);
			// With text over several lines, `lines` is the last of them.
			yield { number: one.info.lines, cells: one.record.map((cell) => cell.normalize('NFC')) };
		}
	} catch (error) {
		if (error instanceof FileProblem) throw error;
		if (failure instanceof FileProblem) throw failure;
		throw new FileProblem('quotes', (error as { lines?: number }).lines ?? '');
	} finally {
		parser.destroy();
		void fed;
	}
	if (failure instanceof FileProblem) throw failure;
}
