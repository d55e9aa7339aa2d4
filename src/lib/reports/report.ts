/**
 * A report as content: sentences, tables, method. Word, Excel and CSV are made from the same value,
 * so that a sentence, a cell and a sheet cannot disagree. Must not know: where figures come from.
 */
import { formatCount, formatPercent } from '$lib/i18n/numbers';

/** What a column holds: `code` is a mark, `words` a few words; percentages and intervals are on the scale 0–100. */
export type ColumnKind = 'text' | 'words' | 'code' | 'count' | 'percent' | 'interval';

export interface Column {
	head: string;
	kind: ColumnKind;
}

/** Nothing to show is told in words ("Chưa đủ dữ liệu"), never by an empty cell or a zero. */
export type Cell = string | number | { low: number; high: number };

export interface ReportTable {
	/** What the table is about, for whoever picks one: an outline, a file of its own. */
	id?: string;
	/** Short and unique in its report: the sheet's name, at most 31 characters. */
	name: string;
	title: string;
	columns: Column[];
	rows: Cell[][];
	/** What a reader must know to read it rightly; printed under the table. */
	notes: string[];
}

/** What one feature adds to a report. */
export interface ReportPart {
	sentences: string[];
	tables: ReportTable[];
	method: string[];
}

export interface Report {
	/** Name of the controller: "Ban Quản lý Khu kinh tế cửa khẩu …". */
	organisation: string;
	/** The unit the report is about; the organisation's own name for the whole. */
	unit: string;
	/** "Quý II năm 2026 (15/03/2026 – 14/06/2026)". */
	period: string;
	/** What the report is about, in one phrase: the trích yếu. */
	subject: string;
	/** The answer first. */
	sentences: string[];
	tables: ReportTable[];
	/** How the figures were made, for the annex. */
	method: string[];
}

/** The one rounding of a percentage: one decimal, in every format. */
export const rounded = (percent: number): number => Math.round(percent * 10) / 10;

/** A cell as text, as Vietnamese write numbers. */
export function cellText(cell: Cell, kind: ColumnKind): string {
	if (typeof cell === 'string') return cell;
	if (typeof cell === 'object') return `${formatPercent(cell.low)}–${formatPercent(cell.high)}`;
	return kind === 'count' ? formatCount(cell) : formatPercent(cell);
}
