import { describe, expect, it } from 'vitest';
import type { Cell } from '$lib/scoring/suppression';
import { MILLION } from '$lib/scoring/tally';
import { helpRows, type Help } from './help';
import { helpPart } from './help-report';
import { helpSentences } from './help-words';
import { pictureOf, type Trend } from './trend';
import { trendPlot } from './trend-plot';
import { trendPart } from './trend-report';
import { trendSentences } from './trend-words';

const day = (year: number, quarter: number, isEnd: boolean) =>
	`${year}-${String(3 * quarter - (isEnd ? 0 : 2)).padStart(2, '0')}-${isEnd ? '28' : '01'}`;
const quarter = (year: number, number: number) => ({
	code: `${year}-Q${number}`,
	kind: 'quarter' as const,
	start: day(year, number, false),
	end: day(year, number, true),
	closed: true
});
const cell = (satisfied: number, persons: number) => {
	const sums = { persons, sum: satisfied * MILLION, squares: satisfied * MILLION ** 2 };
	return { state: persons < 30 ? 'interval' : 'shown', sums: { top2: sums, mean: sums } } as const;
};
const version = (number: number, items: string[], periods: string[]) => ({
	id: `v${number}`,
	number,
	names: { vi: 'Phiếu' },
	since: '2025-08-15',
	items,
	periods
});
const periods = [2024, 2025].flatMap((year) => [1, 2, 3, 4].map((n) => quarter(year, n)));
const codes = periods.map(({ code }) => code);

const trend: Trend = {
	organisation: { id: 'o', names: { vi: 'Ban' }, isDemo: false },
	unit: { id: 'u', names: { vi: 'Một cửa' } },
	units: [],
	measure: 'B',
	measures: ['S0', 'B'],
	step: 'quarter',
	steps: ['quarter'],
	periods,
	cells: new Map<string, Cell>([
		[codes[0]!, cell(85, 100)],
		[codes[1]!, cell(86, 100)],
		[codes[2]!, { state: 'hidden', longerPeriod: null }],
		[codes[3]!, cell(84, 100)],
		[codes[4]!, cell(12, 20)],
		[codes[5]!, cell(87, 100)],
		[codes[6]!, cell(85, 100)],
		[codes[7]!, cell(50, 100)]
	]),
	versions: [version(1, ['B1', 'B2'], codes)],
	successions: [],
	done: [{ on: '2025-02-10', text: 'Thêm quầy' }]
};

describe('a trend', () => {
	it('has a gap where there is no figure, never a zero', () => {
		const { points } = pictureOf(trend);
		expect(points.map(({ figure }) => figure?.state)).toEqual([
			'shown',
			'shown',
			'hidden',
			'shown',
			'interval',
			'shown',
			'shown',
			'shown'
		]);
		const { spec } = trendPlot(pictureOf(trend), 'vi', () => '');
		expect(spec.points.map(({ y }) => y)).toEqual([0.85, 0.86, null, 0.84, null, 0.87, 0.85, 0.5]);
	});

	it('says which periods left the limits, and compares with the same period last year', () => {
		const picture = pictureOf(trend);
		expect(picture.points.map(({ side }) => side)).toEqual([
			'within',
			'within',
			null,
			'within',
			null,
			'within',
			'within',
			'below'
		]);
		expect(picture.points[7]!.lastYear).toEqual({ code: '2024-Q4', change: 'down' });
		expect(trendSentences(picture, 'vi')).toEqual([
			'Quý IV năm 2025: 50,0%; so với cùng kỳ năm trước (84,0%), giảm rõ.',
			'Ngoài giới hạn dao động bình thường: Quý IV năm 2025 (thấp hơn giới hạn).'
		]);
	});

	it('compares about a year before and after an event, without the period it lies in', () => {
		const [event] = pictureOf(trend).events;
		// 255 of 300 before (the hidden quarter is not there), 222 of 300 after; the quarter itself has 20 persons.
		expect(event!.compared).toMatchObject({ before: 0.85, after: 0.74, change: 'down' });
	});

	it('breaks where other items count, and compares nothing across the break', () => {
		const versions = [
			version(1, ['B1', 'B2'], codes.slice(0, 6)),
			version(2, ['B1', 'B3'], codes.slice(6))
		];
		const picture = pictureOf({ ...trend, versions });
		expect(picture.points.map(({ segment }) => segment)).toEqual([0, 0, 0, 0, 0, 0, 1, 1]);
		expect(picture.centres).toEqual([null, null]);
		expect(picture.points[7]!.lastYear).toBeNull();
		const broken = picture.events.find(({ kind }) => kind === 'version')!;
		expect(broken).toMatchObject({ on: '2025-08-15', breaks: true, compared: null });
	});

	it('marks a new version that counts the same items without breaking', () => {
		const versions = [
			version(1, ['B1', 'B2'], codes.slice(0, 6)),
			version(2, ['B1', 'B2'], codes.slice(6))
		];
		const picture = pictureOf({ ...trend, versions });
		expect(picture.points.every(({ segment }) => segment === 0)).toBe(true);
		expect(picture.events.map(({ kind }) => kind)).toEqual(['done', 'version']);
	});

	it('stands in a report as on the page', () => {
		const { sentences, tables } = trendPart(trend);
		expect(sentences[0]).toBe(`Xu hướng: ${trendSentences(pictureOf(trend), 'vi').join(' ')}`);
		expect(tables.map(({ id }) => id)).toEqual(['trend', 'events']);
		expect(tables[0]!.rows[0]!.slice(0, 2)).toEqual(['Quý IV năm 2025', 50]);
		expect(tables[0]!.rows[5]!.slice(0, 3)).toEqual([
			'Quý III năm 2024',
			'Chưa đủ dữ liệu',
			'Chưa đủ dữ liệu'
		]);
		expect(trendPart({ ...trend, periods: [] }).tables).toEqual([]);
	});
});

const item = (code: string, satisfied: number, persons: number): Help['items'][number] => ({
	code,
	texts: { vi: code },
	zero: null,
	counts: {
		state: 'shown',
		levels: [persons - satisfied, 0, 0, satisfied, 0],
		notApplicable: 0
	}
});
const help: Help = {
	organisation: { id: 'o', names: { vi: 'Ban' }, isDemo: false },
	unit: { id: 'u', names: { vi: 'Một cửa' } },
	units: [],
	period: null,
	periods: [],
	items: [item('B1', 270, 300), item('B2', 200, 300), item('S0', 250, 300), item('C0', 20, 29)],
	peers: {
		kind: 'gate',
		units: 3,
		items: [
			{ item: 'B1', persons: 3000, satisfied: 2700 },
			{ item: 'B2', persons: 3000, satisfied: 2700 }
		]
	},
	associations: [
		{ item: 'B1', weight: 500, phi: { value: 4, low: 2, high: 6 } },
		{ item: 'B2', weight: 500, phi: null }
	]
};

describe('what would help', () => {
	it('puts first what is established to be lower and would lift most', () => {
		const rows = helpRows(help);
		expect(rows.map(({ code, gain }) => [code, gain?.isEstablished])).toEqual([
			['B2', true],
			['B1', false]
		]);
		expect(rows[0]!.gain!.lift!.value).toBeCloseTo(0.5 * (0.9 - 200 / 300), 12);
		expect(helpSentences(help, rows, 'vi')[0]).toContain('Thủ tục hành chính tăng khoảng 11,7');
	});

	it('says so where nothing is lower, or nobody is there to compare with', () => {
		const even = { ...help, items: [item('B1', 270, 300)] };
		expect(helpSentences(even, helpRows(even), 'vi')).toEqual([
			'Chưa thấy câu hỏi nào thấp hơn rõ so với 3 đơn vị cùng loại (cửa khẩu).'
		]);
		const alone = { ...help, peers: { ...help.peers, items: [] } };
		expect(helpSentences(alone, helpRows(alone), 'vi')[0]).toContain('Chưa có đơn vị cùng loại');
		expect(helpPart(alone).sentences).toEqual([]);
	});

	it('calls an association one, and tells none that is not told', () => {
		const [table] = helpPart(help).tables;
		expect(table!.rows.map((row) => row.at(-1))).toEqual([
			'Chưa đủ dữ liệu',
			'0,4 (từ 0,2 đến 0,6)'
		]);
	});
});
