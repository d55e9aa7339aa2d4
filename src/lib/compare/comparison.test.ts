import { describe, expect, it } from 'vitest';
import { MILLION } from '$lib/scoring/tally';
import type { MeasureCell } from '$lib/transparency/results';
import { readCompareQuery } from './address';
import {
	cellsByUnit,
	kindsOf,
	ownFigure,
	peersOf,
	seriesOf,
	type Comparison,
	type ComparedUnit
} from './comparison';
import { reportOf } from './comparison-report';
import { findings } from './sentences';
import { NO_SETTINGS } from './settings';
import { commonFigure, rowsBy, sideBySide } from './side-by-side';
import { weakestOf } from './weakest';

const unit = (id: string, parentId: string | null, kind: string, depth: number): ComparedUnit => ({
	id,
	parentId,
	kind,
	depth,
	names: { vi: id }
});
const cell = (
	unitId: string,
	measure: MeasureCell['measure'],
	satisfied: number,
	persons: number
): MeasureCell => {
	const sums = { persons, sum: satisfied * MILLION, squares: satisfied * MILLION ** 2 };
	return {
		unitId,
		measure,
		cell:
			persons < 10
				? { state: 'hidden', longerPeriod: null }
				: { state: persons < 30 ? 'interval' : 'shown', sums: { top2: sums, mean: sums } }
	};
};
const period = (code: string, start: string, end: string) =>
	({ code, kind: 'quarter', start, end, closed: true }) as const;

const comparison: Comparison = {
	organisation: { id: 'board', names: { vi: 'Ban' }, isDemo: false },
	unit: { id: 'board', names: { vi: 'Ban' } },
	period: period('2026-Q2', '2026-03-15', '2026-06-14'),
	before: period('2026-Q1', '2025-12-15', '2026-03-14'),
	periods: [],
	units: [
		unit('board', null, 'board', 0),
		unit('office', 'board', 'office', 1),
		unit('centre', 'board', 'centre', 1),
		unit('gate 1', 'centre', 'gate', 2),
		unit('inner gate', 'gate 1', 'gate', 3),
		unit('gate 2', 'centre', 'gate', 2),
		unit('gate 3', 'centre', 'gate', 2)
	],
	cells: cellsByUnit([
		cell('board', 'S0', 900, 1100),
		cell('board', 'C', 950, 1000),
		cell('board', 'D', 700, 1000),
		cell('gate 1', 'S0', 480, 500),
		cell('gate 2', 'S0', 380, 500),
		cell('gate 3', 'S0', 12, 20),
		cell('gate 1', 'D', 450, 500),
		cell('gate 2', 'D', 300, 500)
	]),
	earlier: cellsByUnit([cell('board', 'S0', 990, 1100)]),
	items: [],
	cross: null,
	crossings: [],
	verified: cellsByUnit([]),
	versions: [],
	excluded: 0,
	served: null,
	settings: NO_SETTINGS
};

const gates = sideBySide(comparison, 'gate');

describe('peers', () => {
	it('are the units directly below, or the upper ones of a kind', () => {
		expect(peersOf(comparison.units, 'below').map(({ id }) => id)).toEqual(['office', 'centre']);
		expect(peersOf(comparison.units, 'gate').map(({ id }) => id)).toEqual([
			'gate 1',
			'gate 2',
			'gate 3'
		]);
		expect(kindsOf(comparison)).toEqual([{ kind: 'gate', count: 3 }]);
	});

	it('keep the order of the organisation, whatever their figures', () => {
		const rows = rowsBy(gates, 'S0');
		expect(rows.map(({ id, group }) => [id, group])).toEqual([
			['gate 1', 'above'],
			['gate 2', 'below'],
			['gate 3', 'not_compared']
		]);
		expect(rows[2]!.figure).not.toHaveProperty('value');
	});

	it('have a common figure of those only that are shown in full', () => {
		const common = commonFigure(gates, 'S0');
		expect(common).toMatchObject({ state: 'shown', persons: 1000 });
		expect(commonFigure(sideBySide(comparison, 'below'), 'S0')).toBeNull();
	});

	it('fill the matrix where a measure counts for them', () => {
		const { measures, rows } = gates;
		expect(measures).toEqual(['S0', 'D']);
		expect(rows.map(({ cells }) => cells.map((each) => each?.group ?? null))).toEqual([
			['above', 'above'],
			['below', 'below'],
			['not_compared', null]
		]);
	});
});

it('series are named only where both stand side by side', () => {
	expect(seriesOf(['S0', 'C', 'D']).size).toBe(0);
	expect([...seriesOf(['S0', 'C', 'C0']).values()]).toEqual(['items', 'quick']);
});

it('the own figure says what changed', () => {
	expect(ownFigure(comparison).change).toBe('down');
});

describe('the weakest dimension', () => {
	it('is named', () => {
		expect(weakestOf(comparison)).toEqual({
			measure: 'D',
			value: 0.7,
			tiedWith: null,
			item: null
		});
	});

	it('is said to be tied where the next cannot be told apart', () => {
		const cells = cellsByUnit([cell('board', 'C', 84, 100), cell('board', 'A', 82, 100)]);
		expect(weakestOf({ ...comparison, cells })).toMatchObject({
			measure: 'A',
			tiedWith: 'C'
		});
	});
});

it('the answer comes in sentences that follow from the figures', () => {
	const texts = findings(gates, 'vi').map(({ text }) => text);
	expect(texts).toEqual([
		'81,8% người trả lời hài lòng; thực tế có thể từ 79,4% đến 84,0%.',
		'So với Quý I năm 2026 (90,0%), giảm rõ.',
		'gate 2: thấp hơn mức chung, nhất là về Kết quả.',
		'gate 1: cao hơn mức chung.',
		'Nhóm nội dung thấp nhất là Kết quả (70,0%). Chủ trì theo kế hoạch: các phòng chuyên môn.'
	]);
	const alone = findings(sideBySide(comparison, 'below'), 'vi').map(({ text }) => text);
	expect(alone).toContain('Chưa có từ hai đơn vị đủ 30 người trả lời để so sánh.');
});

it('an address that cannot be used falls back and says so', () => {
	const read = (text: string) => readCompareQuery(new URLSearchParams(text));
	expect(read('period=2026-Q2&measure=D&peers=gate')).toMatchObject({
		isCorrected: false,
		query: { period: '2026-Q2', measure: 'D', peers: 'gate' }
	});
	expect(read('period=gestern&measure=Z&of=1')).toMatchObject({
		isCorrected: true,
		query: { period: null, measure: 'S0', of: null }
	});
});

describe('the report', () => {
	const period = comparison.period!;

	it('says the sentences of the page and how many answers were taken out', () => {
		const { sentences } = reportOf(
			{ ...gates, comparison: { ...comparison, excluded: 7 } },
			period
		);
		expect(sentences.slice(0, -1)).toEqual(findings(gates, 'vi').map(({ text }) => text));
		expect(sentences.at(-1)).toContain('Đã loại 7 phiếu');
		expect(reportOf(gates, period).sentences.join()).not.toContain('Đã loại');
	});

	it('gives 10 to 29 persons an interval and no value', () => {
		const [units] = reportOf(gates, period).tables;
		const row = units!.rows.find(([name]) => name === 'gate 3')!;
		expect(row[1]).toBe('–');
		expect(row[2]).toHaveProperty('low');
		expect(row[4]).toBe('Không so sánh');
	});
});
