import { describe, expect, it } from 'vitest';
import type { Measure } from '$lib/scoring/attribution';
import type { Cell } from '$lib/scoring/suppression';
import { MILLION } from '$lib/scoring/tally';
import { buildResultPage } from './result-page';
import type { ListedPeriod, OrganisationResults, ResultUnit } from './results';

const [ROOT, OFFICE, DIVISION, NEW] = ['root', 'office', 'division', 'new'];
const quarter = (code: string): ListedPeriod => ({
	code,
	kind: 'quarter',
	start: '2026-03-15',
	end: '2026-06-14',
	closed: true
});
const unit = (id: string, over: Partial<ResultUnit> = {}): ResultUnit => ({
	id,
	parentId: ROOT,
	names: { vi: `Đơn vị ${id}`, en: `Unit ${id}` },
	depth: 1,
	receives: true,
	decides: false,
	...over
});
const cell = (persons: number, satisfied: number): Cell => {
	const sums = { persons, sum: satisfied * MILLION, squares: satisfied * MILLION ** 2 };
	const mean = { persons, sum: persons * MILLION, squares: persons * MILLION ** 2 };
	return { state: persons < 30 ? 'interval' : 'shown', sums: { top2: sums, mean } };
};
const hidden: Cell = { state: 'hidden', longerPeriod: '2026-H1' };

function results(
	cells: [string, Measure, Cell][],
	period = quarter('2026-Q2')
): OrganisationResults {
	return {
		organisation: { id: ROOT!, names: { vi: 'Cơ quan' }, isDemo: true },
		hasPublished: true,
		publication: null,
		revisions: [],
		changes: null,
		scheme: 'administrative',
		received: 120,
		waiting: 3,
		period,
		periods: [quarter('2026-Q1'), quarter('2026-Q2')],
		units: [
			unit(ROOT!, { parentId: null, depth: 0, decides: true }),
			unit(OFFICE!),
			unit(DIVISION!, { receives: false, decides: true }),
			unit(NEW!)
		],
		excluded: 0,
		served: [],
		cells: cells.map(([unitId, measure, one]) => ({ unitId, measure, cell: one }))
	};
}
const build = (now: OrganisationResults, before: OrganisationResults | null = null) =>
	buildResultPage(now, before, 'top2', 'vi');

describe('the results page', () => {
	it('shows the figure of the whole organisation first', () => {
		const page = build(results([[ROOT!, 'S0', cell(100, 85)]]));
		expect(page.headline).toMatchObject({ state: 'shown', value: 0.85, persons: 100 });
	});

	it('draws a bar for each receiving unit that has answers, in the order of the organisation', () => {
		const page = build(
			results([
				[ROOT!, 'S0', cell(100, 85)],
				[OFFICE!, 'S0', cell(60, 50)],
				[NEW!, 'S0', hidden]
			])
		);
		expect(page.bars.map(({ id, figure }) => [id, figure.state])).toEqual([
			[OFFICE, 'shown'],
			[NEW, 'hidden']
		]);
		expect(page.bars[0]!.satisfied).toBe(50);
	});

	it('says for whom a cell without a figure counts, what was not asked and what is too little', () => {
		const page = build(
			results([
				[ROOT!, 'S0', cell(100, 85)],
				[OFFICE!, 'S0', cell(60, 50)],
				[OFFICE!, 'C', cell(60, 50)],
				[DIVISION!, 'B', cell(60, 40)]
			])
		);
		const table = page.tables.find(({ series }) => series === 'items')!;
		expect(table.measures).toEqual(['S0', 'A', 'B', 'C', 'D', 'E']);
		const row = (id: string) => table.rows.find((one) => one.id === id)!.cells;
		const tooFew = { figure: { state: 'hidden', longerPeriod: null } };
		const elsewhere = (side: string) => ({ absence: { reason: 'counts_elsewhere', side } });
		expect(row(OFFICE!)[1]).toEqual({ absence: { reason: 'not_asked' } });
		expect(row(OFFICE!)[2]).toEqual(elsewhere('deciding'));
		expect(row(OFFICE!)[5]).toEqual(tooFew);
		expect(row(DIVISION!)[0]).toEqual(elsewhere('receiving'));
		expect(row(NEW!)[0]).toEqual(tooFew);
	});

	it('leaves out the table of a series that nobody answered', () => {
		const page = build(results([[OFFICE!, 'C', cell(60, 50)]]));
		expect(page.tables.map(({ series }) => series)).toEqual(['items']);
	});

	it('compares with the period before only where both are shown', () => {
		const now = results([[ROOT!, 'S0', cell(1000, 950)]]);
		const before = (one: Cell) => results([[ROOT!, 'S0', one]], quarter('2026-Q1'));
		expect(build(now, before(cell(1000, 840))).change).toMatchObject({ change: 'up', value: 0.84 });
		expect(build(now, before(cell(1000, 945))).change?.change).toBe('not_established');
		expect(build(now, before(cell(20, 3))).change).toBeNull();
		expect(build(now, before(hidden)).change).toBeNull();
	});

	it('gives the browser nothing of a hidden cell and no sums at all', () => {
		const page = build(
			results([
				[ROOT!, 'S0', cell(100, 85)],
				[NEW!, 'S0', hidden],
				[OFFICE!, 'S0', cell(17, 12)]
			])
		);
		const text = JSON.stringify(page);
		expect(text).not.toContain('squares');
		expect(page.bars.find(({ id }) => id === NEW)!.figure).toEqual(hidden);
		expect(page.bars.find(({ id }) => id === OFFICE)).toMatchObject({ satisfied: null });
		expect(page.bars.find(({ id }) => id === OFFICE)!.figure).not.toHaveProperty('value');
	});
});

it('is empty and not broken before anything was released', () => {
	const nothing = { ...results([]), period: null, periods: [] };
	expect(build(nothing)).toMatchObject({ period: null, headline: null, bars: [], tables: [] });
});
