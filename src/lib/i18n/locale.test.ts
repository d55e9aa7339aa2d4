import { describe, expect, it } from 'vitest';
import { chooseLocale } from './locale';

describe('the language of a page', () => {
	it('follows the address before the browser', () => {
		expect(chooseLocale('zh', 'en')).toBe('zh');
	});

	it('follows the browser, in the order of its wishes', () => {
		expect(chooseLocale(null, 'fr-FR, en;q=0.4, zh-CN;q=0.9')).toBe('zh');
		expect(chooseLocale(null, 'en-US,en;q=0.9,vi;q=0.8')).toBe('en');
		expect(chooseLocale(null, 'vi-VN')).toBe('vi');
	});

	it('is Vietnamese when nothing fits', () => {
		expect(chooseLocale(null, null)).toBe('vi');
		expect(chooseLocale('xx', 'fr, de;q=0.2')).toBe('vi');
		expect(chooseLocale('', 'en;q=0')).toBe('vi');
		expect(chooseLocale(null, ';;;q=,,=*')).toBe('vi');
	});
});
