// The small rules beside masking: what insults, what a comment is about, which phrases it holds, what an address asks.

import { describe, expect, it } from 'vitest';
import { filterQuery, readFilter } from './comment';
import { isInsulting } from './insults';
import { mask, pieces } from './masking';
import { phrasesOf } from './phrases';
import { themeOf } from './themes';

describe('insults', () => {
	it.each([
		'Đồ ngu, chờ cả buổi',
		'thang cho nay',
		'lũ ăn hại',
		'This is bullshit',
		'他妈的等了一天',
		'làm ăn như cứt'
	])('%s', (text) => expect(isInsulting(text)).toBe(true));
	it.each([
		'Người lớn tuổi phải đứng chờ',
		'nguoi lon tuoi phai cho',
		'Chờ lâu quá, rất bực',
		'Con chó ở cổng dữ quá',
		'Tôi buồn ngủ vì chờ',
		'Ngữ pháp trên bảng sai',
		'các cán bộ'
	])('%s is none', (text) => expect(isInsulting(text)).toBe(false));
});

describe('themes', () => {
	it.each([
		['Chờ hơn một tiếng mới đến lượt', 'waiting'],
		['cho hon mot tieng moi den luot', 'waiting'],
		['Phải bổ sung giấy tờ hai lần', 'papers'],
		['Cán bộ cáu gắt, thái độ khó chịu', 'attitude'],
		['Trả kết quả trễ hẹn', 'promptness'],
		['希望广播声音大一点', 'other'],
		['网上申报系统经常出错', 'online']
	])('%s: %s', (text, theme) => expect(themeOf(text)).toBe(theme));
});

describe('phrases', () => {
	it('are runs of two and three syllables without function words at their ends', () => {
		const found = phrasesOf('Dịch vụ công trực tuyến báo lỗi.');
		expect(found).toContain('truc tuyen|trực tuyến');
		expect(found).toContain('dich vu cong|dịch vụ công');
		expect(phrasesOf('và của tôi là không')).toEqual([]);
	});
	it('do not run across what was hidden or a full stop', () => {
		const found = phrasesOf('bảng ⟦name⟧ niêm yết. thủ tục').map((one) => one.split('|')[1]);
		expect(found.sort()).toEqual(['niêm yết', 'thủ tục']);
	});
	it('are words in Chinese', () =>
		expect(phrasesOf('停车场排队时间太长')).toEqual(
			expect.arrayContaining(['排队|排队', '时间|时间', '排队时间|排队时间'])
		));
	it('are at most sixty', () =>
		expect(
			phrasesOf(
				Array.from(
					{ length: 900 },
					(_, n) => `chữ${'abcdefghij'[n % 10]}${'klmnopqrst'[n % 9]}`
				).join(' ')
			).length
		).toBeLessThanOrEqual(60));
});

describe('the address', () => {
	it('gives the filter it was made from', () => {
		const filter = { month: '2026-11', band: '1', search: 'cán bộ', read: 'no' };
		expect(readFilter(new URLSearchParams(filterQuery(filter, { unit: 'x' })))).toEqual(filter);
	});
	it('leaves out what no filter is', () => {
		const query = new URLSearchParams('month=13&band=9&theme=<b>&of=me&read=maybe&q=%20');
		expect(readFilter(query)).toEqual({});
	});
});

it('a page draws tokens, and a citizen who types one fools nobody', () => {
	const { text } = mask('Gọi 0912345678, mã ⟦secret⟧');
	expect(pieces(text)).toEqual([{ text: 'Gọi ' }, { kind: 'phone' }, { text: ', mã ⟦secret⟧' }]);
});
