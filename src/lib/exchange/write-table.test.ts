import { describe, expect, it } from 'vitest';
import { readTable, type Cell } from './table-file.ts';
import { csvStream, harmless, xlsxBytes } from './write-table.server.ts';

const ROWS: Cell[][] = [
	['Mã', 'Tên', 'Số'],
	['A', '=HYPERLINK("http://x"; "bấm")', 3],
	['+84', '@cmd', ''],
	['B', 'một; "hai"\nba', 1234]
];
async function* slowly(rows: Cell[][]) {
	for (const row of rows) yield await Promise.resolve(row);
}
async function read(bytes: Uint8Array): Promise<Cell[][]> {
	const rows: Cell[][] = [];
	for await (const row of readTable(bytes)) rows.push(row.cells);
	return rows;
}

describe('a table as a file', () => {
	it('gets an apostrophe where a spreadsheet would run a text, and only there', () => {
		expect(['=1', '+1', '-1', '@x', '\tx'].map(harmless)).toEqual([
			"'=1",
			"'+1",
			"'-1",
			"'@x",
			"'\tx"
		]);
		expect([harmless(-1), harmless('a=1'), harmless('Quầy 1')]).toEqual([-1, 'a=1', 'Quầy 1']);
	});

	it('as CSV begins with a BOM, is separated by semicolons and runs nothing', async () => {
		const text = await new Response(csvStream(slowly(ROWS))).text();
		expect(
			new Uint8Array(await new Response(csvStream(slowly(ROWS))).arrayBuffer()).slice(0, 3)
		).toEqual(Uint8Array.from([0xef, 0xbb, 0xbf]));
		expect(text).toContain(`A;"'=HYPERLINK(""http://x""; ""bấm"")";3`);
		expect(await read(new TextEncoder().encode(text))).toEqual([
			['Mã', 'Tên', 'Số'],
			['A', `'=HYPERLINK("http://x"; "bấm")`, '3'],
			["'+84", "'@cmd", ''],
			['B', 'một; "hai"\nba', '1234']
		]);
	});

	it('as .xlsx keeps texts as texts', async () => {
		const bytes = await xlsxBytes([{ name: 'Dữ liệu', widths: [10, 10, 10], rows: ROWS }]);
		expect(await read(bytes)).toEqual([ROWS[0], ROWS[1], ['+84', '@cmd'], ROWS[3]]);
	});
});
