import { describe, expect, it } from 'vitest';
import { builtIn, withFacts } from './built-in';
import { compareVersions } from './compare';
import { comparisonWords } from './compare-words';
import { newItem, putItem, removeItem } from './draft';
import type { Item, Version } from './version';

const nine = builtIn.nine;
const reworded = (version: Version, code: string, text: string): Version => ({
	...version,
	items: version.items.map((item) =>
		item.code === code ? { ...item, texts: { ...item.texts, vi: { text } } } : item
	)
});
const own = (measure: Item['measure']): Item => ({
	...newItem('B5', 'procedure'),
	texts: { vi: { text: 'Biểu mẫu dễ điền' } },
	measure
});
const titles = (before: Version, after: Version) =>
	comparisonWords(compareVersions(before, after)).map(({ title }) => title);
const lines = (before: Version, after: Version) =>
	comparisonWords(compareVersions(before, after)).flatMap((section) => section.lines);

describe('a new version against the last', () => {
	it('that changes nothing, goes on with every series', () => {
		const same = compareVersions(nine, structuredClone(nine));
		expect(same.isSame).toBe(true);
		expect(same.same).toHaveLength(10);
		expect(same.sameIndices).toEqual(['B', 'C', 'D', 'E', 'S0']);
		expect(titles(nine, nine)).toEqual(['Giữ nguyên']);
	});

	it('with other words under the same code goes on, and shows both', () => {
		const after = reworded(nine, 'C1', 'Nhân viên lịch sự');
		const compared = compareVersions(nine, after);
		expect(compared.isSame).toBe(false);
		expect(compared.same).not.toContain('C1');
		expect(compared.indices).toEqual([]);
		expect(lines(nine, after)).toContain(
			'C1: “Cán bộ giao tiếp lịch sự, tôn trọng người dân” thành “Nhân viên lịch sự”'
		);
	});

	it('with a question more begins its series and mixes the index it counts for', () => {
		const compared = compareVersions(nine, putItem(nine, own('B')));
		expect(compared.begins).toEqual([{ code: 'B5', text: 'Biểu mẫu dễ điền' }]);
		expect(compared.indices).toEqual([
			{ measure: 'B', change: 'mixed', before: ['B1', 'B2', 'B3'], after: ['B1', 'B2', 'B3', 'B5'] }
		]);
		expect(titles(nine, putItem(nine, own('B')))).toEqual([
			'Giữ nguyên',
			'Chỉ số nhóm thay đổi',
			'Câu mới'
		]);
	});

	it('with a question more on its own line leaves every index alone', () => {
		const compared = compareVersions(nine, putItem(nine, own(null)));
		expect(compared.indices).toEqual([]);
		expect(compared.sameIndices).toContain('B');
	});

	it('without a question ends its series, and an index with its last one', () => {
		const after = removeItem(removeItem(nine, 'C1'), 'C2');
		const compared = compareVersions(nine, after);
		expect(compared.ends.map(({ code }) => code)).toEqual(['C1', 'C2']);
		expect(compared.indices).toEqual([
			{ measure: 'C', change: 'ends', before: ['C1', 'C2'], after: [] }
		]);
		expect(lines(nine, after).join('\n')).toContain('Phiếu này không hỏi');
	});

	it('of another kind keeps S0 and what has the same code, nothing else', () => {
		const compared = compareVersions(builtIn.quick, nine);
		expect(compared.same).toEqual(['S0']);
		expect(compared.sameIndices).toEqual(['S0']);
		expect(compared.indices.filter(({ change }) => change === 'begins')).toHaveLength(4);
		expect(compared.indices.filter(({ change }) => change === 'ends')).toHaveLength(4);
		expect(compared.isReordered).toBe(true);
	});

	it('tells of another order, which is a change too', () => {
		const [first, second, ...rest] = nine.items;
		const after = { ...nine, items: [second!, first!, ...rest] };
		expect(compareVersions(nine, after)).toMatchObject({ isReordered: true, isSame: false });
	});

	it('tells of optional questions that come and go', () => {
		const after = withFacts(nine, ['F1']);
		const { facts } = compareVersions(nine, after);
		expect(facts.begins.map(({ code }) => code)).toEqual(['F1']);
		expect(facts.ends.map(({ code }) => code)).toEqual(['H1']);
	});

	it('is not moved by a translation alone', () => {
		const after = structuredClone(nine);
		after.items[0]!.texts.en = { text: 'Other words' };
		expect(compareVersions(nine, after).isSame).toBe(true);
	});
});
