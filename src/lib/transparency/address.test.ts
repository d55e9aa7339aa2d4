import { describe, expect, it } from 'vitest';
import { readQuery, resultsHref } from './address';

const ORGANISATION = 'b2f4a2f0-3c1a-4e7e-9a55-0a7d6f1c2b3d';

describe('addresses of results', () => {
	it('hold what the reader chose and nothing else', () => {
		expect(resultsHref({})).toBe('/results');
		expect(resultsHref({ period: '2026-Q2', formula: 'top2', lang: null })).toBe(
			'/results?period=2026-Q2'
		);
		expect(resultsHref({ formula: 'mean', lang: 'zh' }, 'unit-id')).toBe(
			'/results/unit-id?formula=mean&lang=zh'
		);
	});

	it('are read back as they were written', () => {
		const query = {
			organisation: ORGANISATION,
			period: '2026-9M',
			revision: 2,
			formula: 'mean',
			lang: 'en'
		} as const;
		const { searchParams } = new URL(resultsHref(query), 'http://x');
		expect(readQuery(searchParams)).toEqual(query);
	});

	it('that are wrong are told apart from those that are silent', () => {
		const read = (text: string) => readQuery(new URLSearchParams(text));
		expect(read('')).toEqual({
			organisation: null,
			period: null,
			revision: null,
			formula: 'top2',
			lang: null
		});
		expect(read('period=2026-Q9').period).toBeUndefined();
		expect(read('organisation=1%27or').organisation).toBeUndefined();
		for (const wrong of ['0', '-1', '1.5', 'x', '99999']) {
			expect(read(`revision=${wrong}`).revision).toBeUndefined();
		}
		expect(read('formula=%3Cscript%3E&lang=xx')).toMatchObject({ formula: 'top2', lang: null });
	});
});
