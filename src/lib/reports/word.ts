/**
 * A report as a Word file: a section to paste into the office's own CCHC report, or a whole document in
 * the layout of Decree 30/2020/NĐ-CP (annex I), ready to be numbered and signed and not looking signed.
 */
import {
	AlignmentType,
	BorderStyle,
	Document,
	Header,
	Packer,
	PageNumber,
	Paragraph,
	Table,
	TableCell,
	TableRow,
	TextRun,
	WidthType,
	type ISectionOptions
} from 'docx';
import type { Report } from './report';
import { bodyText, heading, millimetres, PAGE, points, STYLES, tableWithNotes } from './word-parts';

/** What a document carries beside the report itself. Blank places stay blank: people fill and sign them. */
export interface Letterhead {
	/** Cơ quan chủ quản, above the organisation's name; left out when there is none. */
	superior?: string;
	/** Địa danh before the date. */
	place: string;
	year: number;
	/** Quyền hạn, chức vụ of who signs: "TRƯỞNG BAN". */
	signatory: string;
	/** Nơi nhận, one per line. */
	recipients: string[];
}

const NONE = { style: BorderStyle.NONE, size: 0, color: 'auto' };
const NO_BORDERS = { top: NONE, bottom: NONE, left: NONE, right: NONE };

const centred = (text: string, run: { bold?: boolean; italics?: boolean; size?: number } = {}) =>
	new Paragraph({
		alignment: AlignmentType.CENTER,
		spacing: { after: 0, line: 264 },
		children: [new TextRun({ text, size: points(12), ...run })]
	});

/** The short line under the name of the organisation, the motto and the subject. */
const rule = (width: number) =>
	new Paragraph({
		alignment: AlignmentType.CENTER,
		spacing: { before: 60, after: 60, line: 120 },
		indent: { left: millimetres(width), right: millimetres(width) },
		border: { top: { style: BorderStyle.SINGLE, size: 6, color: '000000', space: 1 } },
		children: []
	});

function beside(left: Paragraph[], right: Paragraph[], shares: [number, number]): Table {
	const cell = (children: Paragraph[], share: number) =>
		new TableCell({
			width: { size: share, type: WidthType.PERCENTAGE },
			borders: NO_BORDERS,
			children
		});
	return new Table({
		width: { size: 100, type: WidthType.PERCENTAGE },
		borders: { ...NO_BORDERS, insideHorizontal: NONE, insideVertical: NONE },
		rows: [new TableRow({ children: [cell(left, shares[0]), cell(right, shares[1])] })]
	});
}

const bodyOf = (report: Report): (Paragraph | Table)[] => [
	...report.sentences.map(bodyText),
	...report.tables.flatMap((table, at) => tableWithNotes(table, at + 1))
];

const annexOf = (report: Report): Paragraph[] => [
	heading('Phụ lục: Cách tính'),
	...report.method.map(bodyText)
];

async function file(title: string, section: ISectionOptions): Promise<Buffer> {
	return Packer.toBuffer(new Document({ title, creator: '', styles: STYLES, sections: [section] }));
}

/** The section for the CCHC report: no quốc hiệu, a heading, sentences, tables. */
export function toWordSection(report: Report): Promise<Buffer> {
	return file(report.subject, {
		properties: { page: PAGE },
		children: [
			heading(`Mức độ hài lòng tại nơi phục vụ, ${report.period}`),
			...bodyOf(report),
			...annexOf(report)
		]
	});
}

/** The whole document, with quốc hiệu and tiêu ngữ; number, day and signature are left to people. */
export function toWordDocument(report: Report, head: Letterhead): Promise<Buffer> {
	const pageNumber = new Paragraph({
		alignment: AlignmentType.CENTER,
		children: [new TextRun({ children: [PageNumber.CURRENT], size: points(14) })]
	});
	return file(report.subject, {
		// The number of a page stands above, in the middle, from the second page on.
		properties: { page: PAGE, titlePage: true },
		headers: {
			default: new Header({ children: [pageNumber] }),
			first: new Header({ children: [] })
		},
		children: [
			beside(
				[
					...(head.superior ? [centred(head.superior.toLocaleUpperCase('vi'))] : []),
					centred(report.organisation.toLocaleUpperCase('vi'), { bold: true }),
					rule(22),
					centred('Số:        /BC-', { size: points(13) })
				],
				[
					centred('CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM', { bold: true }),
					centred('Độc lập - Tự do - Hạnh phúc', { bold: true, size: points(13) }),
					rule(18),
					centred(`${head.place}, ngày     tháng     năm ${head.year}`, {
						italics: true,
						size: points(13)
					})
				],
				[40, 60]
			),
			new Paragraph({ children: [] }),
			centred('BÁO CÁO', { bold: true, size: points(14) }),
			centred(report.subject, { bold: true, size: points(14) }),
			rule(62),
			...bodyOf(report),
			new Paragraph({ children: [] }),
			beside(
				[
					new Paragraph({
						spacing: { after: 0 },
						children: [
							new TextRun({ text: 'Nơi nhận:', bold: true, italics: true, size: points(12) })
						]
					}),
					...head.recipients.map(
						(text) =>
							new Paragraph({
								spacing: { after: 0, line: 240 },
								children: [new TextRun({ text: `- ${text};`, size: points(11) })]
							})
					),
					new Paragraph({
						spacing: { after: 0, line: 240 },
						children: [new TextRun({ text: '- Lưu: VT.', size: points(11) })]
					})
				],
				[centred(head.signatory.toLocaleUpperCase('vi'), { bold: true, size: points(14) })],
				[50, 50]
			),
			new Paragraph({ pageBreakBefore: true, children: [] }),
			...annexOf(report)
		]
	});
}
