import { describe, expect, it } from 'vitest';
import { fallbackNotice } from './publication-view';
import type { ListedPeriod, Publication } from './results';

const period: ListedPeriod = {
	...{ code: '2026-Q2', kind: 'quarter', start: '2026-03-15', end: '2026-06-14' },
	closed: true
};
const publication: Publication = {
	...{ id: 'p', revision: 2, isLatest: true, publishedOn: '2026-06-20', reason: 'Bỏ phiếu trùng' }
};
const notice = (asked: string | null | undefined, revision: number | 'wrong' | null = null) =>
	fallbackNotice(
		{ period: asked, revision: revision === 'wrong' ? undefined : revision },
		{ period, publication },
		'vi'
	);

describe('a results page that reads something else than was asked for', () => {
	it('says nothing when it reads what was asked for', () => {
		expect(notice(null)).toBeNull();
		expect(notice('2026-Q2')).toBeNull();
		expect(notice('2026-Q2', 2)).toBeNull();
	});

	it('names the period asked for and the one it reads', () => {
		expect(notice('2031-Q1')).toBe(
			'Kỳ Quý I năm 2031 chưa được công bố. Đang xem kỳ gần nhất đã công bố: Quý II năm 2026.'
		);
		expect(notice(undefined)).toBe('Địa chỉ ghi một kỳ không có. Đang xem Quý II năm 2026.');
	});

	it('names the revision it reads', () => {
		const sentence = 'Không có lần công bố ghi trong địa chỉ. Đang xem lần 2.';
		expect(notice('2026-Q2', 7)).toBe(sentence);
		expect(notice(null, 'wrong')).toBe(sentence);
	});

	it('says nothing where nothing is published', () => {
		const nothing = { period: null, publication: null };
		expect(fallbackNotice({ period: '2026-Q2', revision: 3 }, nothing, 'vi')).toBeNull();
	});
});
