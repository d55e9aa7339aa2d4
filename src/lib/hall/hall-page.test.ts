import { describe, expect, it } from 'vitest';
import type { Figure } from '$lib/scoring/suppression';
import type { ListedPeriod } from '$lib/transparency/results';
import { fitNotes, hallFigures, newestMonth, newestPeriod } from './hall-page';

const shown = (value: number, persons: number): Figure => ({
	state: 'shown',
	value,
	persons,
	low: value - 0.05,
	high: value + 0.05
});
const few = (persons: number): Figure => ({ state: 'interval', persons, low: 0.6, high: 0.9 });
const hidden: Figure = { state: 'hidden', longerPeriod: null };
const period = (code: string, kind: ListedPeriod['kind'], start: string, end: string) => ({
	code,
	kind,
	start,
	end,
	closed: true
});

describe('figures of the hall', () => {
	it('has one row per dimension, in the order of the form, from the series that says more', () => {
		const { overall, dimensions } = hallFigures([
			{ measure: 'D0', figure: few(29) },
			{ measure: 'S0', figure: shown(0.9, 400) },
			{ measure: 'B', figure: shown(0.8, 40) },
			{ measure: 'B0', figure: shown(0.7, 300) },
			{ measure: 'D', figure: shown(0.85, 30) },
			{ measure: 'E', figure: hidden }
		]);
		expect(overall).toEqual(shown(0.9, 400));
		expect(dimensions.map(({ measure }) => measure)).toEqual(['B0', 'D', 'E']);
	});

	it('has no overall figure for a unit that only decides', () => {
		expect(hallFigures([{ measure: 'B', figure: few(12) }]).overall).toBeNull();
	});
});

describe('periods of the hall', () => {
	const [month, quarter, running] = [
		period('2026-M06', 'month', '2026-06-01', '2026-06-30'),
		period('2026-Q2', 'quarter', '2026-04-01', '2026-06-30'),
		period('2026-Q3', 'quarter', '2026-07-01', '2026-09-30')
	];

	it('shows the newest one, of those that end on one day the shortest', () => {
		expect(newestPeriod([quarter, month])).toBe(month);
		expect(newestPeriod([month, quarter, running])).toBe(running);
		expect(newestPeriod([])).toBeUndefined();
	});

	it('prints the newest month, else the newest period', () => {
		expect(newestMonth([month, quarter, running])).toBe(month);
		expect(newestMonth([quarter, running])).toBe(running);
	});
});

describe('notes that fit', () => {
	const note = (length: number) => ({ text: 'x'.repeat(length), day: '01/06/2026', about: '' });
	const room = { lines: 6, perLine: 10, mostLines: 3, around: 1 };

	it('stops before the first that does not fit and counts the rest', () => {
		expect(fitNotes([note(10), note(11), note(20), note(1)], room)).toMatchObject({
			shown: [note(10), note(11)],
			more: 2
		});
	});

	it('counts a text that is cut off by the lines it is cut to, and always shows the first', () => {
		expect(fitNotes([note(500), note(5)], room).shown).toHaveLength(2);
		expect(fitNotes([note(500)], { ...room, lines: 1 }).shown).toHaveLength(1);
	});
});
