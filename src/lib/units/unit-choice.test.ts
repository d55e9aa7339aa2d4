import { expect, it } from 'vitest';
import { foldedName, meantUnit } from './unit-choice';

const unit = (vi: string, code: string | null = null) => ({ names: { vi }, code });

it('folds as the search in SQL does', () => {
	expect(foldedName('  Đơn vị  Cửa khẩu ')).toBe('don vi cua khau');
});

it('takes the only unit found, an exact name, or an exact code', () => {
	const one = unit('Xã Đồng Đăng', 'X1');
	const eleven = unit('Xã Đồng Đăng mới', 'X11');
	expect(meantUnit('dong dang', [one])).toBe(one);
	expect(meantUnit('xa dong dang', [one, eleven])).toBe(one);
	expect(meantUnit('x11', [one, eleven])).toBe(eleven);
	expect(meantUnit('dong', [one, eleven])).toBeUndefined();
	expect(meantUnit('xa dong dang', [one, unit('Xã Đồng Đăng')])).toBeUndefined();
	expect(meantUnit('x', [])).toBeUndefined();
});
