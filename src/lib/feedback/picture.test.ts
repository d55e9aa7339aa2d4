import { describe, expect, it } from 'vitest';
import type { Cell } from '$lib/scoring/suppression';
import type { ItemResult, MeasureCell } from '$lib/transparency/results';
import type { OfficeResults, PeriodFigures } from './figures';
import { buildPicture, levelsOf } from './picture';
import { answerSentences, changeWords, rowGroups, waitingWords } from './sentences';

/** A shown cell of `persons`, of whom `satisfied` have the value 1 and the others 0. */
function cell(persons: number, satisfied: number): Cell {
	const sums = { persons, sum: satisfied * 1e6, squares: satisfied * 1e12 };
	return { state: persons < 30 ? 'interval' : 'shown', sums: { top2: sums, mean: sums } };
}
const figures = (cells: Record<string, Cell>, facts: PeriodFigures['facts'] = []) => ({
	cells: Object.entries(cells).map(([measure, cell]) => ({
		unitId: 'u',
		measure: measure as MeasureCell['measure'],
		cell
	})),
	items: [],
	facts
});
const period = (code: string) => ({
	...{ code, kind: 'quarter' as const, start: '2026-03-15', end: '2026-06-14', closed: true }
});

function results(now: PeriodFigures, earlier: PeriodFigures = figures({})): OfficeResults {
	return {
		organisation: { id: 'o', names: { vi: 'Cơ quan' }, isDemo: false },
		scheme: 'administrative',
		today: '2026-06-20',
		unit: {
			id: 'u',
			names: { vi: 'Tổ' },
			parent: null,
			receives: true,
			decides: false,
			predecessors: [],
			successors: []
		},
		ownPoints: [],
		below: [],
		receivedToday: 4,
		waiting: 4,
		points: [
			{
				id: 'a',
				labels: { vi: 'Quầy 1' },
				unit: { id: 'u', names: { vi: 'Tổ' } },
				today: 4,
				waiting: 4
			},
			{
				id: 'b',
				labels: { vi: 'Quầy 2' },
				unit: { id: 'u', names: { vi: 'Tổ' } },
				today: 7,
				waiting: 9
			}
		],
		period: period('2026-Q2'),
		before: period('2026-Q1'),
		periods: [],
		excluded: 0,
		served: null,
		now,
		earlier,
		factTexts: {
			I1: {
				text: { vi: 'Điều gì?' },
				choices: [{ vi: 'Thời gian chờ' }, { vi: 'Thái độ' }, { vi: 'Không có gì' }]
			}
		}
	};
}
const said = (data: OfficeResults) => {
	const { rows, mended } = buildPicture(data, 'vi');
	return answerSentences(rows, mended, data.before?.code ?? null, 'vi').join(' ');
};

describe('the answer in sentences', () => {
	it('says how many are satisfied, what changed and what to mend', () => {
		const i1: PeriodFigures['facts'] = [
			{
				code: 'I1',
				counts: { state: 'shown', persons: 80, choices: { '1': 30, '2': 41, '3': 60 } }
			}
		];
		const text = said(
			results(
				figures({ S0: cell(400, 360), C0: cell(300, 150) }, i1),
				figures({ S0: cell(400, 356), C0: cell(300, 240) })
			)
		);
		expect(text).toContain('khoảng 90 người hài lòng');
		expect(text).toContain('So với Quý I năm 2026, đã giảm rõ: Công chức, viên chức phục vụ.');
		expect(text).not.toContain('tăng rõ');
		// "Nothing" was said most often and is no thing to mend.
		expect(text).toContain('thái độ (41 trong 80 người)');
	});

	it('names no change that chance explains, and compares nothing small', () => {
		expect(said(results(figures({ S0: cell(60, 50) }), figures({ S0: cell(60, 48) })))).toContain(
			'chưa thấy thay đổi rõ'
		);
		const small = said(results(figures({ S0: cell(29, 3) }), figures({ S0: cell(400, 390) })));
		expect(small).toContain('Mới có 29 phiếu');
		expect(small).toContain('Chưa đủ phiếu để so với Quý I năm 2026.');
		expect(small).not.toMatch(/giảm|tăng/);
	});

	it('says nothing of a hidden figure', () => {
		const hidden: Cell = { state: 'hidden', longerPeriod: '2026-Y' };
		expect(said(results(figures({ S0: hidden })))).toBe('Chưa đủ phiếu để so với Quý I năm 2026.');
	});
});

describe('the rows', () => {
	it('name the form where both kinds of forms are answered', () => {
		const { rows } = buildPicture(
			results(figures({ S0: cell(40, 30), B: cell(40, 30), B0: cell(40, 30) })),
			'vi'
		);
		expect(rowGroups(rows).map(({ name }) => name)).toEqual([
			'',
			'Phiếu 9 và 16 nội dung',
			'Phiếu nhanh'
		]);
		const { rows: one } = buildPicture(
			results(figures({ S0: cell(40, 30), B0: cell(40, 30) })),
			'vi'
		);
		expect(rowGroups(one).map(({ name }) => name)).toEqual(['', '']);
	});

	it('say when the period before is too small to be compared', () => {
		const { rows } = buildPicture(
			results(figures({ S0: cell(40, 30) }), figures({ S0: cell(20, 3) })),
			'vi'
		);
		expect(changeWords(rows[0]!, 'vi')).toEqual({ words: 'chưa đủ phiếu để so', before: '' });
	});

	it('have levels only when every item of the dimension is shown in full', () => {
		const item = (code: string, levels: [number, number, number, number, number]): ItemResult => ({
			...{ code, texts: { vi: code }, zero: null },
			counts: { state: 'shown', levels, notApplicable: 0 }
		});
		const few: ItemResult = {
			...{ code: 'E3', texts: { vi: 'E3' }, zero: null },
			counts: { state: 'interval', levels: [1, 1, 1, 5, 5] }
		};
		const items = [
			item('B1', [0, 1, 2, 3, 4]),
			item('B2', [1, 1, 1, 1, 1]),
			item('E1', [9, 9, 9, 9, 9]),
			item('E2', [1, 2, 3, 4, 50]),
			few
		];
		expect(levelsOf('B', items)).toEqual([1, 2, 3, 4, 5]);
		expect(levelsOf('E', items)).toBeNull();
		expect(levelsOf('D', items)).toBeNull();
	});
});

it('a point with four answers says what is missing; one with five waits for the next working day', () => {
	const { points } = buildPicture(results(figures({})), 'vi');
	expect(waitingWords(points[0]!, 'vi')).toContain('chưa đủ 5 phiếu, còn thiếu 1');
	expect(waitingWords(points[1]!, 'vi')).toContain('ngày làm việc tiếp theo');
});
