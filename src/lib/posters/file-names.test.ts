import { describe, expect, it } from 'vitest';
import { codeFileName, slug } from './file-names';

describe('a file name', () => {
	it('is readable without diacritics', () => {
		expect(slug('Quầy 1: Đầu tư, xây dựng')).toBe('quay-1-dau-tu-xay-dung');
		expect(slug('Cửa khẩu Hữu Nghị – cổng ra')).toBe('cua-khau-huu-nghi-cong-ra');
	});

	it('is never empty, too long or a path', () => {
		expect(slug('窗口')).toBe('vi-tri');
		expect(slug('../../etc')).toBe('etc');
		expect(slug('a'.repeat(90))).toHaveLength(40);
	});

	it('tells points of the same name apart', () => {
		expect(codeFileName('Bộ phận Một cửa', 'Quầy 2', '7K3M9QX2TRA')).toBe(
			'bo-phan-mot-cua/quay-2_7K3M9QX2TRA'
		);
	});
});
