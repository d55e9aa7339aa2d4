import { describe, expect, it } from 'vitest';
import { formatDate, formatDateRange } from './dates';
import { tiePlaceNames } from './place-names';
import { formatCount, formatNumber, formatPercent } from './numbers';

describe('numbers and dates', () => {
	it('are written the Vietnamese way by default', () => {
		expect(formatPercent(83.9)).toBe('83,9%');
		expect(formatPercent(100)).toBe('100,0%');
		expect(formatCount(1234)).toBe('1.234');
		expect(formatCount(1234567)).toBe('1.234.567');
		expect(formatNumber(3.4, 1)).toBe('3,4');
		expect(formatDate('2026-03-14')).toBe('14/03/2026');
	});

	it('follow the other two languages', () => {
		expect(formatPercent(83.9, 'en')).toBe('83.9%');
		expect(formatCount(1234, 'zh')).toBe('1,234');
		expect(formatDate('2026-03-04', 'zh')).toBe('2026年3月4日');
		expect(formatDateRange('2025-12-15', '2026-03-14', 'en')).toBe('15/12/2025–14/03/2026');
	});

	it('refuse what is not a day', () => {
		expect(() => formatDate('14/03/2026')).toThrow(RangeError);
	});
});

it('a name with two places breaks after its dash only', () => {
	expect(tiePlaceNames('Khu kinh tế cửa khẩu Đồng Đăng – Lạng Sơn')).toBe(
		'Khu kinh tế cửa khẩu Đồng\u00a0Đăng\u00a0– Lạng\u00a0Sơn'
	);
	expect(tiePlaceNames('Bộ phận Một cửa')).toBe('Bộ phận Một cửa');
});
