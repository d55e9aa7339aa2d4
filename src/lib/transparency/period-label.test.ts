import { describe, expect, it } from 'vitest';
import { periodInSentence, periodLabel, periodName } from './period-label';

const quarter = {
	code: '2026-Q2',
	kind: 'quarter',
	start: '2026-03-15',
	end: '2026-06-14',
	closed: true
} as const;

describe('the name of a period', () => {
	it('carries its days, and whether it still runs', () => {
		expect(periodLabel(quarter, 'vi')).toBe('Quý II năm 2026 (15/03/2026 – 14/06/2026)');
		expect(periodLabel({ ...quarter, closed: false }, 'vi')).toMatch(/ · Kỳ đang chạy$/);
	});

	it('begins small within a sentence, where it is no proper name', () => {
		expect(periodInSentence('2026-M06', 'vi')).toBe('tháng 6 năm 2026');
		expect(periodInSentence('2026-Q2', 'vi')).toBe('Quý II năm 2026');
		expect(periodInSentence('2026-H1', 'en')).toBe('first half of 2026');
	});

	it('is a name in each of the three languages', () => {
		expect(periodName('2026-M06', 'vi')).toBe('Tháng 6 năm 2026');
		expect(periodName('2026-Q3', 'zh')).toBe('2026年第3季度');
		expect(periodName('2026-H1', 'en')).toBe('First half of 2026');
		expect(periodName('2026-9M', 'vi')).toBe('9 tháng năm 2026');
		expect(periodName('2026-Y', 'vi')).toBe('Năm 2026');
	});
});
