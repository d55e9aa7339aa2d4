import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { estimate } from '$lib/scoring/interval';
import { sumsOfLevels } from '$lib/scoring/tally';
import { COLUMNS, CSV_HEAD, csvLines, scoresOf, type OpenCell, type Publication } from './scores';
import { score } from './shapes';

const publication: Publication = {
	id: '00000000-0000-4000-8000-000000000001',
	organisationId: '00000000-0000-4000-8000-000000000002',
	organisation: 'Ban thử nghiệm',
	period: '2026-Q2',
	start: '2026-03-15',
	end: '2026-06-14',
	revision: 1,
	publishedOn: '2026-06-20'
};
const cell = (persons: number, values: OpenCell['values'], unit = 'Bộ phận Một cửa'): OpenCell => ({
	publicationId: publication.id,
	unitId: '00000000-0000-4000-8000-000000000003',
	unit,
	subject: values.kind === 'item' ? 'item:B1' : 'measure:B',
	persons,
	values
});
const levels = [2, 4, 20, 62, 79] as const;
const shown = cell(167, { kind: 'item', levels });

describe('a score', () => {
	it('has the digits of the pages and the sums they are made of', () => {
		const [top2, mean] = scoresOf(shown, publication);
		const page = estimate(sumsOfLevels(levels, 'top2'), 'top2');
		expect(top2).toMatchObject({
			id: '2026-Q2.1/00000000-0000-4000-8000-000000000003/item:B1/top2',
			state: 'shown',
			persons: 167,
			value: Number((100 * page.value).toFixed(1)),
			low: 78.2,
			high: 89.1,
			sum: 141_000_000,
			squares: '141000000000000',
			n1: 2,
			n5: 79
		});
		// 1×2 + 2×4 + 3×20 + 4×62 + 5×79 = 713; the squares of the fifths: 3,165 ÷ 25.
		expect(mean).toMatchObject({ value: 85.4, sum: 142_600_000, squares: '126600000000000' });
		expect(score.array().parse([top2, mean])).toHaveLength(2);
	});

	it('keeps squares that no number holds exactly', () => {
		const [top2] = scoresOf(
			cell(40_000, {
				kind: 'measure',
				top2: [39_999_000_000, '39999000000000001'],
				mean: [39_000_000_000, '38000000000000003']
			}),
			publication
		);
		expect(top2?.squares).toBe('39999000000000001');
	});

	it('of 10 to 29 persons has an interval and nothing that the figure follows from', () => {
		for (const few of [
			cell(29, { kind: 'item', levels: [0, 0, 9, 10, 10] }),
			cell(10, { kind: 'measure', top2: [9e6, '9000000000000'], mean: [9e6, '8200000000000'] })
		]) {
			for (const one of scoresOf(few, publication)) {
				const { value, sum, squares, n1, n2, n3, n4, n5 } = score.parse(one);
				expect({ value, sum, squares, n1, n2, n3, n4, n5 }).toEqual({
					value: null,
					sum: null,
					squares: null,
					n1: null,
					n2: null,
					n3: null,
					n4: null,
					n5: null
				});
				expect(one.low).toBeLessThan(one.high);
			}
		}
	});

	it('does not exist for fewer than ten, whatever SQL gives', () => {
		expect(scoresOf(cell(9, { kind: 'item', levels: [0, 0, 0, 4, 5] }), publication)).toEqual([]);
	});
});

describe('the lines that the daily hash covers', () => {
	const line = csvLines(scoresOf(shown, publication, ['top2']));

	it('never change: this is the form of v1', () => {
		expect(CSV_HEAD).toBe(`\uFEFF${COLUMNS.join(',')}\r\n`);
		expect(COLUMNS).toHaveLength(24);
		expect(line).toBe(
			'2026-Q2.1/00000000-0000-4000-8000-000000000003/item:B1/top2,00000000-0000-4000-8000-000000000002,Ban thử nghiệm,' +
				'00000000-0000-4000-8000-000000000003,Bộ phận Một cửa,2026-Q2,2026-03-15,2026-06-14,1,2026-06-20,item:B1,top2,shown,' +
				'167,84.4,78.2,89.1,141000000,141000000000000,2,4,20,62,79\r\n'
		);
		expect(createHash('sha256').update(line).digest('hex')).toMatch(/^[0-9a-f]{64}$/);
	});

	it('write a whole percent with its decimal, and nothing for what is not published', () => {
		const all = csvLines(
			scoresOf(cell(40, { kind: 'item', levels: [0, 0, 0, 0, 40] }), publication)
		);
		expect(all).toContain(',40,100.0,');
		const few = csvLines(
			scoresOf(cell(12, { kind: 'item', levels: [0, 0, 0, 0, 12] }), publication)
		);
		expect(few).toMatch(/interval,12,,[\d.]+,100\.0,,,,,,,\r\n/);
	});

	it('make a name harmless that a spreadsheet would run', () => {
		const lines = csvLines(
			scoresOf(cell(40, { kind: 'item', levels }, '=HYPERLINK("http://x","y")'), publication)
		);
		expect(lines).toContain(`"'=HYPERLINK(""http://x"",""y"")"`);
	});
});
