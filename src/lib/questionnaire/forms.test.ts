import { describe, expect, it } from 'vitest';
import { builtIn } from './built-in';
import { byteRange } from './byte-range';
import { newItem } from './draft';
import { factFields, parseFact } from './fact-form';
import { askedChoices, itemFields, parseItem } from './item-form';

const formOf = (fields: Record<string, string>) => {
	const form = new FormData();
	for (const [name, value] of Object.entries(fields)) form.set(name, value);
	return form;
};

describe('the form of a question', () => {
	it('gives every built-in item back as it was', () => {
		for (const version of Object.values(builtIn)) {
			for (const item of version.items) {
				const parsed = parseItem(formOf(itemFields(item)), item, true);
				expect(parsed).toEqual({ ok: true, item });
			}
		}
	});

	it('tells at the field what is wrong and keeps what was typed', () => {
		const item = newItem('B5', 'procedure');
		const typed = {
			...itemFields(item),
			text_en: 'Forms',
			help_zh: '说明',
			gate_en: 'At the gate'
		};
		const parsed = parseItem(formOf({ ...typed, asked: 'filed:not_filed' }), item, false);
		if (parsed.ok) throw new Error('nothing was refused');
		expect(Object.keys(parsed.state.problems).sort()).toEqual([
			'asked',
			'gate_vi',
			'text_vi',
			'text_zh'
		]);
		expect(parsed.state.values.text_en).toBe('Forms');
	});

	it('leaves the meaning of a published code alone, whatever is posted', () => {
		const item = builtIn.nine.items[0]!;
		const fields = { ...itemFields(item), asked: 'return:result_pending', counts: 'no' };
		const parsed = parseItem(formOf(fields), item, true);
		expect(parsed).toMatchObject({ ok: true, item: { zero: 'unknown', when: 'always' } });
		expect(parsed).toMatchObject({ ok: true, item: { measure: null } });
	});

	it('refuses what is too long', () => {
		const item = builtIn.nine.items[0]!;
		const fields = { ...itemFields(item), text_en: 'x'.repeat(301) };
		const parsed = parseItem(formOf(fields), item, true);
		expect(parsed.ok).toBe(false);
	});

	it('offers only what SQL counts', () => {
		expect(askedChoices('procedure')).toEqual([
			'always:',
			'always:unknown',
			'always:no_fee',
			'return:result_pending'
		]);
	});
});

describe('the form of an own optional question', () => {
	const typed = { text_vi: 'Ông/Bà đi xe gì?', choice_1_vi: 'Xe tải', choice_3_vi: 'Xe khác' };

	it('takes the answers that were filled in', () => {
		const parsed = parseFact(formOf(typed), 'Q1', undefined);
		if (!parsed.ok) throw new Error('refused');
		expect(parsed.fact.choices.map(({ vi }) => vi)).toEqual(['Xe tải', 'Xe khác']);
		expect(factFields(parsed.fact).choice_2_vi).toBe('Xe khác');
	});

	it('keeps the number of answers of a published code', () => {
		expect(parseFact(formOf(typed), 'Q1', 2).ok).toBe(true);
		expect(parseFact(formOf(typed), 'Q1', 3).ok).toBe(false);
	});

	it('does not ask for the ethnic group in other words', () => {
		const parsed = parseFact(formOf({ ...typed, text_vi: 'Dân tộc của Ông/Bà?' }), 'Q1', undefined);
		expect(parsed.ok).toBe(false);
	});
});

describe('the range that a player asks for', () => {
	it('is the bytes of RFC 9110, or the whole', () => {
		expect(byteRange('bytes=0-', 100)).toEqual([0, 99]);
		expect(byteRange('bytes=10-19', 100)).toEqual([10, 19]);
		expect(byteRange('bytes=90-200', 100)).toEqual([90, 99]);
		expect(byteRange('bytes=-5', 100)).toEqual([95, 99]);
		for (const none of [null, 'bytes=', 'bytes=-', 'bytes=200-', 'bytes=5-1', 'bytes=0-1,4-5']) {
			expect(byteRange(none, 100)).toBeUndefined();
		}
	});
});
