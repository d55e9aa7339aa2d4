/** Files that go down: templates and exports, as .xlsx or .csv. */
import { error } from '@sveltejs/kit';
import { m } from '$lib/i18n/paraglide/messages.js';
import { COLUMNS, isFileKind, type FileKind } from './columns';
import type { Cell } from './table-file';
import { csvStream, xlsxBytes } from './write-table.server';

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
/** Rows of an .xlsx, which is made in memory; a CSV streams and has no limit. */
const MOST_XLSX_ROWS = 30_000;
const WIDTH = 24;

export interface AskedFile {
	kind: FileKind;
	format: 'xlsx' | 'csv';
}

/** `units.xlsx`. @throws 404 */
export function askedFile(name: string): AskedFile {
	const [, kind, format] = /^([a-z]+)\.(xlsx|csv)$/.exec(name) ?? [];
	if (!kind || !isFileKind(kind)) error(404, { message: '404' });
	return { kind, format: format as AskedFile['format'] };
}

function download(name: string, type: string, body: BodyInit): Response {
	return new Response(body, {
		headers: { 'content-type': type, 'content-disposition': `attachment; filename="${name}"` }
	});
}

function* examples(kind: FileKind): Generator<Cell[]> {
	const columns = COLUMNS[kind].filter(({ information }) => !information);
	yield columns.map(({ heading }) => heading);
	for (const line of [0, 1] as const) yield columns.map((column) => column.examples[line]);
}

async function* slowly<T>(values: Iterable<T>): AsyncGenerator<T> {
	for (const value of values) yield await Promise.resolve(value);
}

/** A template with two example lines and, in Excel, a sheet that explains each column. */
export async function templateFile({ kind, format }: AskedFile): Promise<Response> {
	const name = `mau-${kind}.${format}`;
	const rows = [...examples(kind)];
	if (format === 'csv') return download(name, 'text/csv; charset=utf-8', csvStream(slowly(rows)));
	const explained: Cell[][] = [
		['Cột', 'Bắt buộc', 'Cách điền'],
		...COLUMNS[kind]
			.filter(({ information }) => !information)
			.map(({ heading, required, help }) => [heading, required ? 'có' : '', help]),
		['', '', ''],
		['Dòng ví dụ', '', 'Hai dòng có mã bắt đầu bằng VD- là ví dụ và được bỏ qua khi nhập.'],
		[
			'Nhập lại',
			'',
			'Dòng có mã đã có trong hệ thống thì sửa bản ghi ấy; ô để trống giữ nguyên nội dung cũ.'
		]
	];
	const sheets = [
		{ name: 'Dữ liệu', widths: rows[0]!.map(() => WIDTH), rows },
		{ name: 'Giải thích', widths: [WIDTH, 10, 90], rows: explained }
	];
	return download(name, XLSX, await xlsxBytes(sheets));
}

/** @param rows the heading first */
export async function exportFile(
	{ kind, format }: AskedFile,
	day: string,
	rows: AsyncGenerator<Cell[]>
): Promise<Response> {
	const name = `${kind}-${day}.${format}`;
	if (format === 'csv') return download(name, 'text/csv; charset=utf-8', csvStream(rows));
	const all: Cell[][] = [];
	for await (const row of rows) {
		if (all.length > MOST_XLSX_ROWS) error(422, { message: m.exchange_export_too_long() });
		all.push(row);
	}
	const sheet = { name: 'Dữ liệu', widths: all[0]!.map(() => WIDTH), rows: all };
	return download(name, XLSX, await xlsxBytes([sheet]));
}
