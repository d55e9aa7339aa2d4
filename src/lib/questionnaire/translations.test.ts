import { describe, expect, it } from 'vitest';
import { builtIn } from './built-in';
import { CATALOGUE, isOwn, nextFactCode, putFact, removeFact, withChosen } from './facts';
import { missingIn, withReader, withUnread } from './translations';
import { versionSchema, type Version } from './version';

const reader = { by: 'Người đọc', on: '2026-11-20' };
const changed = (change: (version: Version) => void): Version => {
	const version = structuredClone(builtIn.quick) as Version;
	change(version);
	return version;
};
const read = (definition: Version) => withReader({ definition, readers: {} }, 'zh', reader);

describe('what is missing', () => {
	it('is nothing in the built-in forms', () => {
		for (const form of Object.values(builtIn)) {
			expect(missingIn(form, 'zh')).toEqual([]);
			expect(missingIn(form, 'en')).toEqual([]);
		}
	});

	it('is a text, a line of help, a wording at gates, an answer', () => {
		expect(
			missingIn(
				changed((v) => delete v.items[0]!.texts.zh),
				'zh'
			)
		).toEqual(['S0']);
		expect(
			missingIn(
				changed((v) => delete v.items[1]!.texts.en!.help),
				'en'
			)
		).toEqual(['B0']);
		expect(
			missingIn(
				changed((v) => delete v.items[2]!.gateTexts!.zh),
				'zh'
			)
		).toEqual(['C0']);
		expect(
			missingIn(
				changed((v) => (v.facts[0]!.choices[1]!.en = null)),
				'en'
			)
		).toEqual(['H1']);
	});
});

describe('a translation that was read', () => {
	it('is marked with who and when, and unmarked again', () => {
		const marked = read(builtIn.quick);
		expect(marked.definition.unchecked).toEqual(['en']);
		expect(marked.readers).toEqual({ zh: reader });
		const unmarked = withReader(marked, 'zh', null);
		expect(unmarked.definition.unchecked.sort()).toEqual(['en', 'zh']);
		expect(unmarked.readers).toEqual({});
	});

	it('stays read when other words change', () => {
		const marked = read(builtIn.quick);
		const after = structuredClone(marked.definition);
		after.items[0]!.texts.vi.text = 'Lời khác';
		after.items[0]!.texts.en = { text: 'Other words' };
		expect(withUnread(marked, after).readers).toEqual({ zh: reader });
	});

	it('has to be read again when its own words change', () => {
		const marked = read(builtIn.quick);
		const after = structuredClone(marked.definition);
		after.items[0]!.texts.zh = { text: '别的话' };
		const saved = withUnread(marked, after);
		expect(saved.readers).toEqual({});
		expect(saved.definition.unchecked).toContain('zh');
	});
});

describe('optional questions', () => {
	const all = CATALOGUE.map(({ code }) => code);

	it('come in the order of the form, who pressed last', () => {
		const version = withChosen(
			builtIn.quick,
			[...all].reverse().concat('H1'),
			'một lý do đủ dài ở đây'
		);
		expect(version.facts.map(({ code }) => code)).toEqual([...all, 'H1']);
		expect(version.facts.find(({ code }) => code === 'P5')?.reason).toContain('lý do');
		expect(versionSchema.parse(version)).toEqual(version);
	});

	it('about the person are off in every built-in form', () => {
		for (const form of Object.values(builtIn)) {
			expect(form.facts.filter(({ code }) => code.startsWith('P'))).toEqual([]);
		}
	});

	it('of the organisation itself keep their place and get codes of their own', () => {
		const fact = { ...CATALOGUE[0]!, code: nextFactCode(builtIn.quick, ['Q1'])! };
		expect(fact.code).toBe('Q2');
		const version = withChosen(putFact(builtIn.quick, fact), ['F1', 'H1'], '');
		expect(version.facts.map(({ code }) => code)).toEqual(['F1', 'Q2', 'H1']);
		expect(version.facts.filter(isOwn)).toHaveLength(1);
		expect(removeFact(version, 'Q2').facts).toHaveLength(2);
		const full = Array.from({ length: 9 }, (_, n) => `Q${n + 1}`);
		expect(nextFactCode(builtIn.quick, full)).toBeUndefined();
	});
});
