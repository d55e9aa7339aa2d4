import { describe, expect, it } from 'vitest';
import { headingOf, letters, readAnswers } from './answer-table.ts';
import {
	suggestDate,
	suggestFormat,
	suggestItems,
	suggestLevel,
	suggestPlace,
	suggestPoint
} from './suggest.ts';
import type { Cell, Row } from './table-file.ts';

const rowsOf = (table: Cell[][]): Row[] => table.map((cells, at) => ({ number: at + 1, cells }));
async function* slowly(rows: Row[]): AsyncGenerator<Row> {
	for (const row of rows) yield await Promise.resolve(row);
}

describe('the table of an earlier survey', () => {
	it('has its heading under titles', () => {
		const rows = rowsOf([
			['KẾT QUẢ KHẢO SÁT'],
			['Năm 2024', ''],
			['Ngày', 'Nơi', 'S0'],
			['1/3/2024', 'Q1', 5]
		]);
		expect(headingOf(rows)).toEqual({ columns: ['Ngày', 'Nơi', 'S0'], taken: 3 });
	});

	it('has merged headings over two rows', () => {
		const rows = rowsOf([
			['Ngày', 'Nơi', 'Thái độ', '', 'Kết quả', ''],
			['', '', 'C1', 'C2', 'D1', 'D2'],
			['1/3/2024', 'Q1', 5, 4, 5, '']
		]);
		expect(headingOf(rows)).toEqual({
			columns: ['Ngày', 'Nơi', 'Thái độ: C1', 'Thái độ: C2', 'Kết quả: D1', 'Kết quả: D2'],
			taken: 2
		});
	});

	it('keeps a first row of answers that begins with a blank', () => {
		const rows = rowsOf([
			['Ngày', 'Nơi', 'S0'],
			['', 'Q1', 5]
		]);
		expect(headingOf(rows)?.taken).toBe(1);
	});

	it('names a column without heading by its letter', () => {
		expect([0, 25, 26, 54].map(letters)).toEqual(['A', 'Z', 'AA', 'BC']);
		expect(
			headingOf(
				rowsOf([
					['Ngày', '', 'S0'],
					['x', 'y', 5]
				])
			)?.columns
		).toEqual(['Ngày', 'B', 'S0']);
	});

	it('gives every row under it, blank ones left out, long texts cut', async () => {
		const { columns, rows } = await readAnswers(
			slowly(
				rowsOf([
					['Ngày', 'S0', 'Ý kiến'],
					['1/3/2024', 5, 'x'.repeat(500)],
					['', '', ''],
					['2/3/2024', '']
				])
			)
		);
		const read = [];
		for await (const row of rows) read.push(row);
		expect(columns).toEqual(['Ngày', 'S0', 'Ý kiến']);
		expect(read).toEqual([
			{ number: 2, cells: ['1/3/2024', '5', 'x'.repeat(120)] },
			{ number: 4, cells: ['2/3/2024', '', ''] }
		]);
	});

	it('is refused without rows', async () => {
		await expect(readAnswers(slowly([]))).rejects.toMatchObject({ key: 'empty' });
		await expect(readAnswers(slowly(rowsOf([['Ngày', 'S0']])))).rejects.toMatchObject({
			key: 'empty'
		});
	});
});

describe('a guess', () => {
	it.each([
		['Rất hài lòng', 5],
		['HÀI LÒNG', 4],
		['binh thuong', 3],
		['Không hài lòng', 2],
		['1 - Rất không hài lòng', 1],
		['5', 5],
		['4.0', 4],
		['Không áp dụng', 0],
		['Không có ý kiến', null],
		['-', null]
	])('of the level %s is %s', (value, level) => expect(suggestLevel(value)).toBe(level));

	it.each(['6', '0', '10', 'Tốt', '1 - Rất hài lòng', '45'])('is not made for %s', (value) =>
		expect(suggestLevel(value)).toBeUndefined()
	);

	it('of columns goes by code or question', () => {
		const items = [
			{ code: 'S0', text: 'Nhìn chung, Ông/Bà hài lòng ở mức nào?' },
			{ code: 'C1', text: 'Thái độ của cán bộ' },
			{ code: 'C2', text: 'Hướng dẫn dễ hiểu' }
		];
		const columns = [
			'Dấu thời gian',
			'Bộ phận',
			'Thái độ: C1',
			'Nhìn chung, Ông/Bà hài lòng ở mức nào?'
		];
		expect(suggestItems(columns, items)).toEqual({ S0: 3, C1: 2 });
		expect([suggestDate(columns), suggestPlace(columns), suggestPlace(['Ngày'])]).toEqual([
			0, 1, -1
		]);
	});

	it('of the order of a date is day first, unless the file itself says otherwise', () => {
		expect(suggestFormat(['1/2/2024', '3/4/2024'])).toBe('dmy');
		expect(suggestFormat(['1/2/2024', '3/25/2024'])).toBe('mdy');
		expect(suggestFormat(['25/3/2024', '3/25/2024'])).toBe('dmy');
	});

	it('of a point goes by code, label, or the only point of a unit', () => {
		const point = (id: string, code: string | null, label: string, unit: string) => ({
			id,
			code,
			label,
			unit,
			unit_code: null
		});
		const points = [
			point('1', 'Q1', 'Quầy 1', 'Một cửa'),
			point('2', null, 'Quầy 2', 'Một cửa'),
			point('3', null, 'Quầy thu phí', 'Hữu Nghị')
		];
		expect(
			['q1', 'QUAY 2', 'Hữu Nghị', 'Một cửa', 'Tân Thanh'].map((word) => suggestPoint(word, points))
		).toEqual(['1', '2', '3', undefined, undefined]);
	});
});
