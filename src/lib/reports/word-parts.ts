/**
 * Pieces of a Word document in the manner of Vietnamese offices: Times New Roman 14, first line
 * indented, tables with thin lines that keep their head on every page.
 */
import {
	AlignmentType,
	BorderStyle,
	Paragraph,
	Table,
	TableCell,
	TableLayoutType,
	TableRow,
	TextRun,
	WidthType,
	type IStylesOptions
} from 'docx';
import { cellText, type ColumnKind, type ReportTable } from './report';

/** Word counts sizes in half points and lengths in twentieths of a point (1 mm = 56.7). */
export const points = (size: number): number => size * 2;
export const millimetres = (length: number): number => Math.round(length * 56.6929);

export const STYLES: IStylesOptions = {
	default: {
		document: {
			run: { font: 'Times New Roman', size: points(14), language: { value: 'vi-VN' } },
			paragraph: { spacing: { after: 120, line: 300 } }
		}
	}
};

/** Decree 30/2020/NĐ-CP, annex I: A4, 20–25 mm above and below, 30–35 mm left, 15–20 mm right. */
export const PAGE = {
	size: { width: millimetres(210), height: millimetres(297) },
	margin: {
		top: millimetres(20),
		bottom: millimetres(20),
		left: millimetres(30),
		right: millimetres(15)
	}
};
const TEXT_WIDTH = PAGE.size.width - PAGE.margin.left - PAGE.margin.right;

/** A paragraph of running text: justified, first line 10 mm in. */
export function bodyText(text: string): Paragraph {
	return new Paragraph({
		alignment: AlignmentType.BOTH,
		indent: { firstLine: millimetres(10) },
		children: [new TextRun(text)]
	});
}

/** A numbered or bold line over what follows; stays with it. */
export function heading(text: string): Paragraph {
	return new Paragraph({
		keepNext: true,
		spacing: { before: 120, after: 120 },
		indent: { firstLine: millimetres(10) },
		children: [new TextRun({ text, bold: true })]
	});
}

const LINE = { style: BorderStyle.SINGLE, size: 4, color: '000000' };
const BORDERS = { top: LINE, bottom: LINE, left: LINE, right: LINE };

/** Shares of the width of a table. */
const WIDTHS: Record<ColumnKind, number> = {
	text: 2.6,
	words: 2,
	interval: 2.6,
	percent: 1.6,
	count: 1.5,
	code: 0.9
};

function cell(text: string, width: number, isHead: boolean, isText: boolean): TableCell {
	return new TableCell({
		width: { size: width, type: WidthType.DXA },
		borders: BORDERS,
		margins: { left: 80, right: 80, top: 40, bottom: 40 },
		children: [
			new Paragraph({
				spacing: { after: 0, line: 264 },
				alignment: isHead || !isText ? AlignmentType.CENTER : AlignmentType.LEFT,
				children: [new TextRun({ text, bold: isHead, size: points(12) })]
			})
		]
	});
}

/** Title, table and notes. Text wider than a cell wraps; the head is repeated on every page. */
export function tableWithNotes(table: ReportTable, number: number): (Paragraph | Table)[] {
	const { columns, rows, notes } = table;
	const whole = columns.reduce((sum, { kind }) => sum + WIDTHS[kind], 0);
	const widths = columns.map(({ kind }) => Math.floor((TEXT_WIDTH * WIDTHS[kind]) / whole));
	return [
		new Paragraph({
			keepNext: true,
			alignment: AlignmentType.CENTER,
			spacing: { before: 160, after: 80 },
			children: [
				new TextRun({ text: `Bảng ${number}. ${table.title}`, bold: true, size: points(13) })
			]
		}),
		new Table({
			layout: TableLayoutType.FIXED,
			width: { size: widths.reduce((sum, width) => sum + width, 0), type: WidthType.DXA },
			columnWidths: widths,
			rows: [
				new TableRow({
					tableHeader: true,
					cantSplit: true,
					children: columns.map(({ head }, at) => cell(head, widths[at]!, true, true))
				}),
				...rows.map(
					(row) =>
						new TableRow({
							cantSplit: true,
							children: row.map((value, at) => {
								const { kind } = columns[at]!;
								const isText = kind === 'text' || kind === 'words';
								return cell(cellText(value, kind), widths[at]!, false, isText);
							})
						})
				)
			]
		}),
		...notes.map(
			(text) =>
				new Paragraph({
					spacing: { before: 40, after: 40 },
					children: [new TextRun({ text, italics: true, size: points(12) })]
				})
		)
	];
}

export const WORD_TYPE = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';
