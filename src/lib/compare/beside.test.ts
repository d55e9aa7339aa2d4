import { describe, expect, it } from 'vitest';
import type { Measure } from '$lib/scoring/attribution';
import { MILLION } from '$lib/scoring/tally';
import type { MeasureCell } from '$lib/transparency/results';
import { besideFigures, targetSentence } from './beside';
import { explanationsTable, goalsTable, targetsTable } from './beside-report';
import { cellsByUnit, type Comparison } from './comparison';
import { establishedFalls } from './falls';
import { ownerOf, ownerSentence } from './owners';
import { NO_SETTINGS, type TargetInForce } from './settings';
import { sideBySide } from './side-by-side';
import { LEVEL, levelText, permilleOf } from './target-form';
import { judgedRows } from './targets';

const cell = (
	unitId: string,
	measure: Measure,
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
const target = (unitId: string, level: number, setAt = unitId): TargetInForce => ({
	unitId,
	dimension: 'overall',
	target: level,
	period: '2026-Y',
	source: 'Kế hoạch 2026',
	setAt: { id: setAt, names: { vi: setAt } }
});
const unit = (id: string, depth: number) => ({
	...{ id, depth, kind: 'gate', names: { vi: id } },
	parentId: depth === 0 ? null : 'board'
});
const quarter = (code: string, closed = true) =>
	({ code, kind: 'quarter', start: '2026-03-15', end: '2026-06-14', closed }) as const;

const comparison: Comparison = {
	organisation: { id: 'board', names: { vi: 'Ban' }, isDemo: false },
	unit: { id: 'board', names: { vi: 'board' } },
	period: quarter('2026-Q2'),
	before: quarter('2026-Q1'),
	periods: [],
	units: [unit('board', 0), unit('gate 1', 1), unit('gate 2', 1), unit('gate 3', 1)],
	cells: cellsByUnit([
		cell('board', 'S0', 30, 30),
		cell('gate 1', 'S0', 950, 1000),
		cell('gate 2', 'S0', 700, 1000),
		cell('gate 3', 'S0', 12, 12),
		cell('gate 1', 'C0', 900, 1000)
	]),
	earlier: cellsByUnit([
		cell('gate 1', 'S0', 951, 1000),
		cell('gate 2', 'S0', 800, 1000),
		cell('gate 3', 'S0', 40, 40)
	]),
	items: [],
	excluded: 0,
	served: null,
	cross: null,
	crossings: [],
	verified: cellsByUnit([]),
	versions: [],
	settings: {
		...NO_SETTINGS,
		targets: [
			target('board', 1),
			target('gate 1', 0.9, 'board'),
			target('gate 2', 0.9, 'board'),
			target('gate 3', 0.9, 'board')
		]
	}
};
const side = sideBySide(comparison, 'below');

describe('targets', () => {
	it('are reached, missed, or cannot be told', () => {
		expect(judgedRows(comparison, side.rows).map((row) => [row.unitId, row.state])).toEqual([
			['board', 'cannot_be_told'],
			['gate 1', 'reached'],
			['gate 2', 'missed'],
			['gate 3', 'cannot_be_told']
		]);
	});

	it('say what 100 % of 30 answers proves', () => {
		expect(targetSentence(comparison, 'vi')).toBe(
			'Hài lòng chung: chưa đủ phiếu để kết luận có đạt chỉ tiêu 100,0% hay không. 100,0% của 30 người trả lời mới chứng minh được từ 88,6% trở lên.'
		);
	});

	it('are judged on the page as in the report', () => {
		const page = besideFigures(comparison, side.rows, 'S0', 'vi').targets;
		const table = targetsTable(side)!;
		expect(page.map(({ unit, target }) => [unit, target])).toEqual(
			table.rows.map(([name, , level]) => [name, `${String(level)},0%`])
		);
		expect(table.rows.map((row) => row.at(-1))).toEqual([
			'Chưa đủ phiếu để kết luận',
			'Đạt',
			'Chưa đạt',
			'Chưa đủ phiếu để kết luận'
		]);
		expect(table.notes).toContain('Chỉ tiêu 90,0%: Kế hoạch 2026');
		expect(page.map(({ setAt }) => setAt)).toEqual([null, 'board', 'board', 'board']);
	});

	it('conclude nothing from a hidden figure', () => {
		const cells = cellsByUnit([cell('board', 'S0', 9, 9)]);
		expect(judgedRows({ ...comparison, cells }, [])[0]).toMatchObject({
			state: null,
			provesOnly: null
		});
		expect(targetSentence({ ...comparison, cells }, 'vi')).toBeNull();
	});

	it('are typed as people write numbers', () => {
		expect(['100', '97,5', '97.5 %'].map((text) => [LEVEL.test(text), permilleOf(text)])).toEqual([
			[true, 1000],
			[true, 975],
			[true, 975]
		]);
		expect(['', 'một trăm', '97,55', '-3'].some((text) => LEVEL.test(text))).toBe(false);
		expect([levelText(1000, 'vi'), levelText(975, 'vi')]).toEqual(['100', '97,5']);
	});
});

describe('falls', () => {
	it('are those that are established, with who explains them', () => {
		const [fall, ...others] = establishedFalls(comparison);
		expect(others).toEqual([]);
		expect(fall).toMatchObject({ unitId: 'gate 2', measure: 'S0', explanation: null });
		expect(explanationsTable(comparison)!.rows).toEqual([
			['gate 2', 'Hài lòng chung', 80, 70, 'Chờ giải trình']
		]);
	});

	it('are the same for the head of a unit and for those above', () => {
		const own = { ...comparison, units: [unit('gate 2', 0)] };
		const above = establishedFalls(comparison).filter(({ unitId }) => unitId === 'gate 2');
		expect(establishedFalls(own)).toEqual(above);
	});

	it('are judged over the measures of a unit together', () => {
		// 2,1 standard errors: established alone, not as one of four.
		const pair = [cell('gate 1', 'S0', 900, 1000), cell('gate 1', 'S0', 927, 1000)] as const;
		const others = (['A', 'B', 'C'] as const).map((measure) => cell('gate 1', measure, 90, 100));
		const judged = (more: MeasureCell[]) =>
			establishedFalls({
				...comparison,
				cells: cellsByUnit([pair[0], ...more]),
				earlier: cellsByUnit([pair[1], ...more])
			}).length;
		expect([judged([]), judged(others)]).toEqual([1, 0]);
	});

	it('ask a unit in which nothing has changed in at most one period of twenty', () => {
		// Park and Miller 1988: the same worlds on every run.
		let seed = 20_261_120;
		const random = () => (seed = (seed * 48_271) % 2_147_483_647) / 2_147_483_647;
		const draw = (measure: Measure) => {
			let satisfied = 0;
			for (let at = 0; at < 120; at++) if (random() < 0.88) satisfied += 1;
			return cell('gate 1', measure, satisfied, 120);
		};
		const measures = ['S0', 'A', 'B', 'C', 'D', 'E'] as const;
		const worlds = 1000;
		let asked = 0;
		for (let world = 0; world < worlds; world++) {
			const cells = cellsByUnit(measures.map(draw));
			const earlier = cellsByUnit(measures.map(draw));
			if (establishedFalls({ ...comparison, cells, earlier }).length > 0) asked += 1;
		}
		expect(asked).toBeGreaterThan(0);
		expect(asked / worlds).toBeLessThan(0.05);
	});

	it('carry the newest words', () => {
		const versions = [
			{ number: 2, text: 'Ba người nghỉ.', on: '2026-06-20', by: 'A' },
			{ number: 1, text: 'Hai người nghỉ.', on: '2026-06-18', by: 'A' }
		];
		const explanations = [{ unitId: 'gate 2', measure: 'S0' as const, revision: 2, versions }];
		const explained = { ...comparison, settings: { ...comparison.settings, explanations } };
		expect(explanationsTable(explained)!.rows[0]!.at(-1)).toBe('Ba người nghỉ. (20/06/2026)');
	});

	it('are not told while the period runs', () => {
		expect(establishedFalls({ ...comparison, period: quarter('2026-Q2', false) })).toEqual([]);
	});
});

describe('owners', () => {
	it('follow the plan until the organisation sets its own', () => {
		expect(ownerOf('procedure', null)).toBe('Văn phòng');
		expect(ownerOf('conduct', null)).toBe('các phòng chuyên môn');
		expect(ownerOf('access', null)).toBeNull();
		expect(ownerOf('access', { access: 'Trung tâm' })).toBe('Trung tâm');
		expect(ownerOf('procedure', { access: 'Trung tâm' })).toBeNull();
		expect(ownerSentence('access', null)).toBe('Kế hoạch chưa giao ai chủ trì nhóm nội dung này.');
	});
});

it('indices are text with their source, and no table without a line', () => {
	expect(goalsTable(comparison)).toBeNull();
	const goal = {
		id: '1',
		index: 'SIPAS',
		year: 2023,
		text: '79,30%',
		source: 'KH 126',
		revision: 1
	};
	const settings = { ...NO_SETTINGS, goals: [goal] };
	expect(goalsTable({ ...comparison, settings })!.rows).toEqual([
		['SIPAS', '2023', '79,30%', 'KH 126']
	]);
});
