import { strToU8, unzipSync, zipSync } from 'fflate';
import writeXlsxFile from 'write-excel-file/node';
import { describe, expect, it } from 'vitest';
import { delimiterOf } from './read-csv.ts';
import { columnOf } from './read-xlsx.ts';
import { readTable, type Cell } from './table-file.ts';

async function rowsOf(bytes: Uint8Array): Promise<Cell[][]> {
	const rows: Cell[][] = [];
	for await (const row of readTable(bytes)) rows.push(row.cells);
	return rows;
}
const csv = (text: string) => rowsOf(strToU8(text));

describe('a CSV file', () => {
	it('is read with or without BOM, by semicolon, comma or tab', async () => {
		const wanted = [
			['Mã', 'Tên'],
			['A', 'Phòng Kế hoạch']
		];
		for (const sign of [';', ',', '\t']) {
			const text = `Mã${sign}Tên\r\nA${sign}Phòng Kế hoạch\r\n`;
			expect(await csv(text)).toEqual(wanted);
			expect(await csv(`\uFEFF${text}`)).toEqual(wanted);
		}
	});

	it('keeps quoted separators, line breaks and doubled quotes', async () => {
		expect(await csv('a;b\n"một; hai";"dòng 1\ndòng ""2"""\n')).toEqual([
			['a', 'b'],
			['một; hai', 'dòng 1\ndòng "2"']
		]);
	});

	it('takes a quote in the middle of a word as it stands', async () => {
		expect(await csv('a;b\nQuầy "A";2\n')).toEqual([
			['a', 'b'],
			['Quầy "A"', '2']
		]);
	});

	it('finds the separator outside quotes, and obeys the line that Excel writes', async () => {
		expect(delimiterOf('"a,b,c,d";x\n')).toBe(';');
		expect(await csv('sep=,\na,b;c\n')).toEqual([['a', 'b;c']]);
	});

	it('numbers rows as an editor does, blank lines counted', async () => {
		const numbers: number[] = [];
		for await (const row of readTable(strToU8('a;b\n\n1;2\n'))) numbers.push(row.number);
		expect(numbers).toEqual([1, 2, 3]);
	});

	it('has one Unicode form, whatever the file has', async () => {
		expect(await csv(`${'Phòng'.normalize('NFD')};x\n`)).toEqual([['Phòng', 'x']]);
	});

	it('is refused in Windows-1258 and in UTF-16', async () => {
		const old = Uint8Array.from([0x50, 0x68, 0xf2, 0x6e, 0x67, 0x3b, 0x41]);
		await expect(rowsOf(old)).rejects.toMatchObject({ key: 'encoding' });
		const wide = Uint8Array.from([0xff, 0xfe, 0x41, 0]);
		await expect(rowsOf(wide)).rejects.toMatchObject({ key: 'encoding' });
	});

	it('is refused with a quote that never ends, with too many columns, and when empty', async () => {
		await expect(csv('a;b\n"x;1\n')).rejects.toMatchObject({ key: 'quotes' });
		await expect(csv('a;'.repeat(300))).rejects.toMatchObject({ key: 'too_many_columns' });
		await expect(csv('')).rejects.toMatchObject({ key: 'empty' });
	});

	it('may be long, and bad only at its end', async () => {
		const long = strToU8(`${'Phòng;1\n'.repeat(30_000)}`);
		expect((await rowsOf(long)).length).toBe(30_000);
		const spoilt = Uint8Array.from([...long, 0xf2, 0x6e]);
		await expect(rowsOf(spoilt)).rejects.toMatchObject({ key: 'encoding' });
	});
});

const book = async (data: unknown[][]) =>
	new Uint8Array(await writeXlsxFile([{ data: data as never, sheet: 'Đơn vị' }]).toBuffer());
const date = (day: string) => ({
	value: new Date(`${day}T00:00:00Z`),
	type: Date,
	format: 'dd/mm/yyyy'
});

/** A book with its sheet's XML replaced. */
async function withSheet(change: (xml: string) => string): Promise<Uint8Array> {
	const files = unzipSync(await book([[{ value: 'x', type: String }]]));
	const name = Object.keys(files).find((one) => one.endsWith('sheet1.xml'))!;
	files[name] = strToU8(change(new TextDecoder().decode(files[name])));
	return zipSync(files);
}
const sheetOf = (rows: string) =>
	withSheet((xml) => xml.replace(/<sheetData>.*<\/sheetData>/s, `<sheetData>${rows}</sheetData>`));

describe('an Excel file', () => {
	it('gives texts, numbers and days; gaps are blank', async () => {
		const cells = [
			[
				{ value: 'Mã', type: String },
				null,
				{ value: 'Số', type: String },
				{ value: 'Ngày', type: String }
			],
			[{ value: ' A ', type: String }, null, { value: 1234, type: Number }, date('2026-03-02')]
		];
		expect(await rowsOf(await book(cells))).toEqual([
			['Mã', '', 'Số', 'Ngày'],
			['A', '', 1234, '2026-03-02']
		]);
	});

	it('reads a formula as the value that was kept of it, and one that failed as blank', async () => {
		const rows =
			'<row r="3"><c r="A3"><f>1+1</f><v>2</v></c><c r="B3" t="str"><f>A&amp;B</f><v>ab</v></c><c r="C3" t="e"><v>#REF!</v></c><c r="D3" t="inlineStr"><is><t>tại chỗ</t></is></c></row>';
		expect(await rowsOf(await sheetOf(rows))).toEqual([[2, 'ab', '', 'tại chỗ']]);
	});

	it('says the row number of the sheet, with empty rows between', async () => {
		const rows = '<row r="2"><c r="A2"><v>1</v></c></row><row r="9"><c r="A9"><v>2</v></c></row>';
		const numbers: number[] = [];
		for await (const row of readTable(await sheetOf(rows))) numbers.push(row.number);
		expect(numbers).toEqual([2, 9]);
	});

	it('counts columns by their letters', () => {
		expect([columnOf('A1'), columnOf('Z9'), columnOf('AA1'), columnOf('BC12')]).toEqual([
			0, 25, 26, 54
		]);
	});

	it('is refused when it is old, no book, damaged, or far too wide', async () => {
		await expect(rowsOf(Uint8Array.from([0xd0, 0xcf, 0x11, 0xe0, 1]))).rejects.toMatchObject({
			key: 'old_excel'
		});
		await expect(rowsOf(zipSync({ 'a.txt': strToU8('a') }))).rejects.toMatchObject({
			key: 'not_a_table'
		});
		await expect(rowsOf((await book([])).subarray(0, 900))).rejects.toMatchObject({
			key: 'not_a_table'
		});
		await expect(rowsOf(await sheetOf('<row><c r="ZZ1"><v>1</v></c></row>'))).rejects.toMatchObject(
			{ key: 'too_many_columns' }
		);
	});

	it('is refused with an entity of its own', async () => {
		const evil = await withSheet((xml) => xml.replace('?>', '?><!DOCTYPE x [<!ENTITY a "aaaa">]>'));
		await expect(rowsOf(evil)).rejects.toMatchObject({ key: 'not_a_table' });
	});

	it('is refused when it unpacks to far more than a table can be', async () => {
		const files = unzipSync(await book([[{ value: 'x', type: String }]]));
		const texts = Object.keys(files).find((one) => one.endsWith('sharedStrings.xml'))!;
		files[texts] = new Uint8Array(60 * 1024 * 1024).fill(32);
		const bomb = zipSync(files, { level: 9 });
		expect(bomb.length).toBeLessThan(200_000);
		await expect(rowsOf(bomb)).rejects.toMatchObject({ key: 'too_large' });
	});
});
