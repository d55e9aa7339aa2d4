import { describe, expect, it } from 'vitest';
import type { ItemResult, UnitResults } from './results';
import { buildUnitPage } from './unit-page';

const item = (counts: ItemResult['counts']): ItemResult => ({
	code: 'D0',
	texts: { vi: 'Kết quả', en: 'The result' },
	zero: 'result_pending',
	counts
});
const results = (items: ItemResult[]): UnitResults => ({
	organisation: { id: 'o', names: { vi: 'Cơ quan' }, isDemo: false },
	hasPublished: true,
	publication: null,
	revisions: [],
	changes: null,
	scheme: 'calendar',
	period: null,
	periods: [],
	cells: [],
	excluded: 0,
	served: [],
	unit: {
		id: 'u',
		names: { vi: 'Bộ phận' },
		parent: null,
		predecessors: [],
		successors: [],
		receives: true,
		decides: false
	},
	items
});
const answers = (counts: ItemResult['counts']) =>
	buildUnitPage(results([item(counts)]), 'top2', 'en').groups[0]!.items[0]!;

describe('the page of a unit', () => {
	it('gives the five levels of an item with the reason of its not applicable', () => {
		expect(answers({ state: 'shown', levels: [1, 2, 7, 20, 20], notApplicable: 9 })).toMatchObject({
			text: 'The result',
			answers: { persons: 50, share: 0.8, notApplicable: 9, zeroReason: 'result_pending' }
		});
	});

	it('keeps the overall question, the quick form and the longer forms apart', () => {
		const shown = { state: 'shown', levels: [0, 0, 0, 0, 40], notApplicable: 0 } as const;
		const items = ['B0', 'B1', 'S0', 'E1'].map((code) => ({ ...item(shown), code }));
		const { groups } = buildUnitPage(results(items), 'top2', 'vi');
		expect(groups.map(({ series, items }) => [series, items.map(({ code }) => code)])).toEqual([
			['overall', ['S0']],
			['quick', ['B0']],
			['items', ['B1', 'E1']]
		]);
	});

	it('gives an interval and no level for 10 to 29 persons', () => {
		const found = answers({ state: 'interval', levels: [0, 0, 5, 5, 5] }).answers;
		expect(Object.keys(found).sort()).toEqual(['high', 'low', 'state']);
	});

	it('gives nothing of a hidden item but the period that may show it', () => {
		const hidden = { state: 'hidden', longerPeriod: '2026-Y' } as const;
		expect(answers(hidden).answers).toEqual(hidden);
	});
});
