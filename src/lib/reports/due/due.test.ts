import { describe, expect, it } from 'vitest';
import { newestWithFigures, nextReport, progressOf, urgencyOf, type DueReport } from './due';

const report = (period: string, end: string, dueOn: string, more: Partial<DueReport> = {}) =>
	({
		...{ period, end, dueOn, kind: 'half', start: '2025-12-15', recipient: 'Sở Nội vụ' },
		...{ preparedOn: null, sentOn: null, revision: 0, hasFigures: true },
		...more
	}) as DueReport;

const half = report('2026-H1', '2026-06-14', '2026-06-20');
const nine = report('2026-9M', '2026-09-14', '2026-09-20');
const year = report('2026-Y', '2026-12-14', '2026-12-20', { hasFigures: false });

describe('a report', () => {
	it('is late from the day after it was due', () => {
		expect(urgencyOf(half, '2026-06-20')).toBe('soon');
		expect(urgencyOf(half, '2026-06-21')).toBe('late');
		expect(urgencyOf(half, '2026-06-10')).toBe('soon');
		expect(urgencyOf(half, '2026-06-09')).toBe('later');
		expect(urgencyOf({ ...half, sentOn: '2026-06-18' }, '2026-07-01')).toBe('done');
	});

	it('is not begun, prepared, handed over', () => {
		expect(progressOf(half)).toBe('not_begun');
		expect(progressOf({ ...half, preparedOn: '2026-06-16' })).toBe('prepared');
		expect(progressOf({ ...half, sentOn: '2026-06-18' })).toBe('sent');
	});
});

it('the next one is the oldest that nobody has handed over', () => {
	expect(nextReport([year, nine, half])?.period).toBe('2026-H1');
	expect(nextReport([year, nine, { ...half, sentOn: '2026-06-18' }])?.period).toBe('2026-9M');
	expect(nextReport([])).toBeUndefined();
});

it('falls are looked for in the newest period that is over and has figures', () => {
	expect(newestWithFigures([half, nine, year], '2026-11-20')?.period).toBe('2026-9M');
	expect(newestWithFigures([half, nine, year], '2026-09-14')?.period).toBe('2026-H1');
	expect(newestWithFigures([year], '2027-01-01')).toBeUndefined();
});
