/**
 * A report as an Excel file: a sheet per table, the method on the last. Numbers are numbers, rounded as
 * they are printed everywhere, so that a sum somebody makes in Excel starts from what the page shows.
 */
import writeXlsxFile, { type SheetData } from 'write-excel-file/node';
import { rounded, type Cell, type ColumnKind, type Report, type ReportTable } from './report';

/** Lines of a sheet above its first row: the title, the heads. */
export const LINES_ABOVE = 2;
const HEAD = { fontWeight: 'bold', wrap: true, backgroundColor: '#f4f6f8' } as const;

/** A cell as the columns of a sheet: an interval takes two. */
export function cellsOf(cell: Cell, kind: ColumnKind): SheetData[number] {
	if (typeof cell === 'object') {
		return [cell.low, cell.high].map((limit) => ({
			type: Number,
			value: rounded(limit),
			format: '0.0'
		}));
	}
	if (typeof cell === 'string') {
		const text = { type: String, value: cell, wrap: true };
		return kind === 'interval' ? [text, null] : [text];
	}
	const isCount = kind === 'count';
	return [
		{ type: Number, value: isCount ? cell : rounded(cell), format: isCount ? '#,##0' : '0.0' }
	];
}

function sheetOf({ title, columns, rows, notes }: ReportTable): SheetData {
	const heads = columns.flatMap(({ head, kind }) =>
		kind === 'interval'
			? [`${head}: từ (%)`, `${head}: đến (%)`]
			: [kind === 'percent' ? `${head} (%)` : head]
	);
	return [
		[{ value: title, fontWeight: 'bold' }],
		heads.map((value) => ({ ...HEAD, value })),
		...rows.map((row) => row.flatMap((cell, at) => cellsOf(cell, columns[at]!.kind))),
		...notes.map((value) => [{ value }])
	];
}

/** The file's bytes. */
export async function toExcel(report: Report): Promise<Buffer> {
	const lines = [
		report.organisation,
		report.unit,
		report.period,
		'',
		...report.sentences,
		'',
		...report.method
	];
	const sheets = [
		...report.tables.map((table) => ({
			sheet: table.name,
			data: sheetOf(table),
			columns: table.columns.flatMap(({ kind }) =>
				kind === 'interval'
					? [{ width: 14 }, { width: 14 }]
					: [{ width: kind === 'text' ? 42 : kind === 'words' ? 26 : 16 }]
			)
		})),
		{
			sheet: 'Cách tính',
			data: lines.map((value) => [{ value, wrap: true }]),
			columns: [{ width: 110 }]
		}
	];
	return writeXlsxFile(sheets).toBuffer();
}
