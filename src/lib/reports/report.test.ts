import { Buffer } from 'node:buffer';
import { unzipSync } from 'fflate';
import readXlsxFile from 'read-excel-file/node';
import { SaxesParser } from 'saxes';
import { describe, expect, it } from 'vitest';
import { toCsv } from './csv';
import { toExcel } from './excel';
import { cellText, type Report } from './report';
import { toWordDocument, toWordSection } from './word';

const report: Report = {
	organisation: 'Ban Quản lý Khu kinh tế cửa khẩu',
	unit: 'Văn phòng',
	period: 'Quý II năm 2026',
	subject: 'Kết quả đo lường mức độ hài lòng tại nơi phục vụ Quý II năm 2026',
	sentences: ['83,9% người trả lời hài lòng; thực tế có thể từ 78,2% đến 89,1%.'],
	tables: [
		{
			name: 'Đơn vị',
			title: 'Mức độ hài lòng theo đơn vị',
			columns: [
				{ head: 'Đơn vị', kind: 'text' },
				{ head: 'Số người trả lời', kind: 'count' },
				{ head: 'Tỷ lệ hài lòng', kind: 'percent' },
				{ head: 'Khoảng tin cậy 95%', kind: 'interval' }
			],
			rows: [
				['Văn phòng', 1234, 83.94, { low: 78.21, high: 89.06 }],
				['=HYPERLINK("x")', 12, 'Chưa đủ dữ liệu', 'Chưa đủ dữ liệu']
			],
			notes: ['Khảo sát bằng mã QR tại nơi phục vụ. Không phải Chỉ số SIPAS của Bộ Nội vụ.']
		}
	],
	method: ['Khoảng tin cậy Wilson.']
};
const head = {
	superior: 'Ủy ban nhân dân tỉnh',
	place: 'Lạng Sơn',
	year: 2026,
	signatory: 'Trưởng ban',
	recipients: ['Sở Nội vụ']
};

/** Every XML part of an Office file, parsed; its texts in order. */
function textsOf(file: Buffer, part: string): string[] {
	const parts = unzipSync(new Uint8Array(file));
	const texts: string[] = [];
	for (const [name, bytes] of Object.entries(parts)) {
		if (!/\.(xml|rels)$/.test(name)) continue;
		const parser = new SaxesParser();
		parser.on('error', (error) => {
			throw error;
		});
		if (name === part) parser.on('text', (text) => text.trim() && texts.push(text));
		parser.write(Buffer.from(bytes).toString('utf8')).close();
	}
	return texts;
}

it('writes numbers as Vietnamese do, with one rounding', () => {
	const { columns, rows } = report.tables[0]!;
	expect(rows[0]!.map((cell, at) => cellText(cell, columns[at]!.kind))).toEqual([
		'Văn phòng',
		'1.234',
		'83,9%',
		'78,2%–89,1%'
	]);
});

describe('Word', () => {
	it('section has sentences, tables and method, and no quốc hiệu', async () => {
		const texts = textsOf(await toWordSection(report), 'word/document.xml').join('\n');
		for (const text of [
			report.sentences[0],
			'83,9%',
			'78,2%–89,1%',
			'1.234',
			'Khoảng tin cậy Wilson.'
		]) {
			expect(texts).toContain(text);
		}
		expect(texts).not.toContain('CỘNG HÒA');
	});

	it('document is ready to sign and not looking signed', async () => {
		const texts = textsOf(await toWordDocument(report, head), 'word/document.xml');
		const whole = texts.join('\n');
		for (const text of [
			'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM',
			'Độc lập - Tự do - Hạnh phúc',
			'ỦY BAN NHÂN DÂN TỈNH',
			'BAN QUẢN LÝ KHU KINH TẾ CỬA KHẨU',
			'Số:        /BC-',
			'Lạng Sơn, ngày     tháng     năm 2026',
			'TRƯỞNG BAN',
			'- Lưu: VT.'
		]) {
			expect(whole).toContain(text);
		}
		expect(texts.at(-1)).toBe('Khoảng tin cậy Wilson.');
	});
});

it('Excel holds the same figures as numbers, a sheet per table', async () => {
	const file = await toExcel(report);
	const sheets = await readXlsxFile(file);
	expect(sheets.map(({ sheet }) => sheet)).toEqual(['Đơn vị', 'Cách tính']);
	const rows = sheets[0]!.data;
	expect(rows[2]).toEqual(['Văn phòng', 1234, 83.9, 78.2, 89.1]);
	expect(rows[3]!.slice(0, 3)).toEqual(['=HYPERLINK("x")', 12, 'Chưa đủ dữ liệu']);
	const parts = unzipSync(new Uint8Array(file));
	for (const [name, bytes] of Object.entries(parts)) {
		if (name.includes('worksheets/')) expect(Buffer.from(bytes).toString()).not.toContain('<f>');
	}
});

it('CSV opens in Excel with diacritics and runs no formula', () => {
	const lines = toCsv(report.tables[0]!).split('\r\n');
	expect(lines[0]).toBe(
		'\ufeffĐơn vị,Số người trả lời,Tỷ lệ hài lòng,Khoảng tin cậy 95% (từ),Khoảng tin cậy 95% (đến)'
	);
	expect(lines[1]).toBe('Văn phòng,1234,83.9,78.2,89.1');
	expect(lines[2]).toBe(`"'=HYPERLINK(""x"")",12,Chưa đủ dữ liệu,Chưa đủ dữ liệu,`);
});
