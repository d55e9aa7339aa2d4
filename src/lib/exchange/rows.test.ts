import { describe, expect, it } from 'vitest';
import { COLUMNS, FILE_KINDS, type FileKind } from './columns.ts';
import { daySerial, parseDay } from './dates.ts';
import { matchHeading, stagedRows } from './rows.ts';
import type { Cell, Row } from './table-file.ts';

async function* rowsOf(table: Cell[][]): AsyncGenerator<Row> {
	for (const [at, cells] of table.entries()) yield await Promise.resolve({ number: at + 1, cells });
}
async function staged(kind: FileKind, table: Cell[][]) {
	const rows = [];
	for await (const row of stagedRows(kind, rowsOf(table))) rows.push(row);
	return rows;
}
const UNITS = ['Mã đơn vị', 'Tên đơn vị', 'Loại đơn vị', 'Đơn vị cấp trên'];

describe('a day in a file', () => {
	it.each([
		['02/03/2026', '2026-03-02'],
		['2/3/26', '2026-03-02'],
		['2-3-2026', '2026-03-02'],
		['02.03.2026', '2026-03-02'],
		['2026-03-02', '2026-03-02'],
		['2026-03-02T08:15:00', '2026-03-02'],
		['02/03/2026 08:15', '2026-03-02'],
		[46083, '2026-03-02'],
		['46083.75', '2026-03-02']
	])('%s is %s', (written, day) => expect(parseDay(written)).toBe(day));

	it.each(['30/02/2026', '02/13/2026', '2026', '1/2', 'hôm qua', '', 41, 1234, '0/1/2026'])(
		'is not %s',
		(written) => expect(parseDay(written)).toBeUndefined()
	);

	it('is read the American way only when somebody says so', () => {
		expect(parseDay('03/02/2026', 'mdy')).toBe('2026-03-02');
		expect(parseDay('02/13/2026', 'mdy')).toBe('2026-02-13');
	});

	it('as a serial of Excel keeps to the calendar around 1900 and leap years', () => {
		expect(daySerial(36526)).toBe('2000-01-01');
		expect(daySerial(45351)).toBe('2024-02-29');
		expect(daySerial(45352)).toBe('2024-03-01');
	});
});

describe('the heading', () => {
	it('is found under titles and merged cells, by words without diacritics, in any order', async () => {
		const rows = await staged('units', [
			['DANH SÁCH ĐƠN VỊ', '', '', ''],
			['(Kèm theo Kế hoạch)', '', '', ''],
			['STT', 'TEN DON VI *', 'ma don vi', 'Loại'],
			[1, 'Văn phòng', 'VP', 'Văn phòng']
		]);
		expect(rows).toEqual([
			{
				number: 4,
				cells: { sort: 1, name: 'Văn phòng', code: 'VP', kind: 'office' },
				key: '["VP"]',
				problems: []
			}
		]);
	});

	it('is missed with the names of the columns that are needed', async () => {
		await expect(
			staged('units', [
				['Mã đơn vị', 'Loại đơn vị'],
				['A', 'Phòng']
			])
		).rejects.toMatchObject({
			key: 'no_header',
			detail: 'Mã đơn vị, Tên đơn vị, Loại đơn vị'
		});
		await expect(staged('units', [UNITS])).rejects.toMatchObject({ key: 'empty' });
	});

	it.each(FILE_KINDS)('of our own file of %s is understood as it stands', (kind) => {
		const cells = COLUMNS[kind].map(({ heading }) => heading);
		const found = matchHeading(kind, { number: 1, cells });
		expect([...(found ?? [])].map(([at, column]) => [at, column.field])).toEqual(
			COLUMNS[kind].map(({ field }, at) => [at, field])
		);
	});
});

describe('a row', () => {
	it('lists everything that is wrong with it', async () => {
		const [row] = await staged('units', [UNITS, ['x'.repeat(41), '', 'Hành tinh', '']]);
		expect(row?.problems.map(({ field, key }) => `${field} ${key}`)).toEqual([
			'code too_long',
			'name missing',
			'kind unknown_word'
		]);
	});

	it('that is blank, or an example of the template, is not there', async () => {
		const rows = await staged('units', [
			UNITS,
			['', '', '', ''],
			['VD-TTQLCK', 'Trung tâm', 'Trung tâm', ''],
			['VP', 'Văn phòng', 'Văn phòng', 'VD-TTQLCK']
		]);
		expect(rows.map(({ number }) => number)).toEqual([4]);
	});

	it('keeps a blank cell out, so that what is there stays', async () => {
		const [row] = await staged('units', [UNITS, ['VP', 'Văn phòng', 'office', '']]);
		expect(row?.cells).toEqual({ code: 'VP', name: 'Văn phòng', kind: 'office' });
	});

	it('loses the apostrophe with which an export keeps a formula from running', async () => {
		const [row] = await staged('units', [UNITS, ['VP', `'=HYPERLINK("x")`, 'office', '']]);
		expect(row?.cells.name).toBe('=HYPERLINK("x")');
	});

	it('of procedures without a procedure is about its group', async () => {
		const heading = ['Mã thủ tục', 'Tên thủ tục', 'Mã lĩnh vực', 'Tên lĩnh vực'];
		const rows = await staged('procedures', [
			heading,
			['', '', 'XD', 'Xây dựng'],
			['1.2', '', 'XD', '']
		]);
		expect(rows.map(({ key, problems }) => [key, problems.length])).toEqual([
			['["group XD"]', 0],
			['["1.2"]', 1]
		]);
	});

	it('of people served takes dd/mm/yyyy, days of Excel, and counts with a dot', async () => {
		const heading = ['Ngày', 'Mã vị trí', 'Số lượt phục vụ'];
		const rows = await staged('served', [
			heading,
			['2/11/2026', 'Q1', '1.234'],
			['2026-11-03', 'Q1', 12.5]
		]);
		expect(rows.map(({ cells, problems }) => [cells.day, cells.served, problems[0]?.key])).toEqual([
			['2026-11-02', 1234, undefined],
			['2026-11-03', undefined, 'impossible_number']
		]);
	});
});
