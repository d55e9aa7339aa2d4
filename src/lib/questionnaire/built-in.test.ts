import { describe, expect, it } from 'vitest';
import { builtIn, withFacts } from './built-in';
import { versionSchema, type Version } from './version';

const codes = (version: Version) => version.items.map((item) => item.code).join(' ');
const forms = Object.values(builtIn);

describe('the built-in questionnaires', () => {
	it('ask the items of their form in order', () => {
		expect(codes(builtIn.quick)).toBe('S0 B0 C0 D0 E0');
		expect(codes(builtIn.nine)).toBe('B1 B2 B3 C1 C2 D1 D2 E1 E3 S0');
		expect(codes(builtIn.sixteen)).toBe('A1 A2 A3 B1 B2 B3 B4 C1 C2 C3 D1 D2 D3 E1 E2 E3 S0');
	});

	it('say how long they take and what they ask first', () => {
		expect(forms.map((form) => [form.form, form.seconds, form.asksMoment, form.asksFiled])).toEqual(
			[
				['quick', 30, false, false],
				['nine', 60, true, true],
				['sixteen', 120, true, true]
			]
		);
	});

	it('give each item the one meaning of its zero', () => {
		const zeros: Record<string, string | null> = {};
		for (const form of forms) for (const item of form.items) zeros[item.code] = item.zero;
		const having = (zero: string | null) =>
			Object.keys(zeros)
				.filter((code) => zeros[code] === zero)
				.sort()
				.join(' ');
		expect(having('result_pending')).toBe('D0 D1 D2 D3');
		expect(having('no_fee')).toBe('B3');
		expect(having('unknown')).toBe('A1 A2 A3 B1 B4 C3 E1');
		expect(having('not_filed')).toBe('E0 E2 E3');
		expect(having(null)).toBe('B0 B2 C0 C1 C2 S0');
	});

	it('count each item for its own series', () => {
		for (const form of forms) {
			for (const item of form.items) {
				const own = form.form === 'quick' || item.code === 'S0' ? item.code : item.code[0];
				expect(item.measure).toBe(item.code === 'E1' ? null : own);
				const when = { D: 'return', E: /E[23]/.test(item.code) ? 'filed' : 'always' }[
					item.code[0]!
				];
				expect(item.when).toBe(when ?? 'always');
			}
		}
	});

	it('have every text in three languages, and an audio slot for each', () => {
		for (const form of forms) {
			for (const item of form.items) {
				for (const texts of [item.texts, item.gateTexts ?? item.texts]) {
					expect(Object.keys(texts)).toEqual(['vi', 'zh', 'en']);
					expect(texts.vi.text.normalize('NFC')).toBe(texts.vi.text);
				}
				expect(item.audio).toEqual({ vi: null, zh: null, en: null });
			}
			expect(form.unchecked).toEqual(['zh', 'en']);
		}
	});

	it('have gate wording for the quick form', () => {
		const gate = builtIn.quick.items.filter((item) => item.gateTexts).map((item) => item.code);
		expect(gate).toEqual(['B0', 'C0', 'D0']);
	});

	it('ask only who pressed, until facts are turned on', () => {
		expect(forms.map((form) => form.facts.map((fact) => fact.code))).toEqual([
			['H1'],
			['H1'],
			['H1']
		]);
		const more = withFacts(builtIn.quick, ['H1', 'I1', 'F1']);
		expect(more.facts.map((fact) => [fact.code, fact.choices.length, fact.max])).toEqual([
			['F1', 3, 1],
			['I1', 10, 3],
			['H1', 3, 1]
		]);
		expect(versionSchema.parse(more)).toEqual(more);
	});

	it('survive the way through JSON', () => {
		for (const form of forms) {
			expect(versionSchema.parse(JSON.parse(JSON.stringify(form)))).toEqual(form);
		}
	});
});
