import { describe, expect, it } from 'vitest';
import { absenceOf, dimensionOf, isMeasure, MEASURES, sideOf } from './attribution.ts';

describe('attribution', () => {
	it('counts procedure and result for the unit that decides, everything else for the one that receives', () => {
		const deciding = MEASURES.filter((measure) => sideOf(measure) === 'deciding');
		expect(deciding).toEqual(['B', 'D', 'B0', 'D0']);
	});

	it('gives the same dimension the same side in both series', () => {
		for (const code of ['B', 'C', 'D', 'E'] as const) {
			expect(dimensionOf(`${code}0`)).toBe(dimensionOf(code));
			expect(sideOf(`${code}0`)).toBe(sideOf(code));
		}
	});

	it('knows that E1 is an item and no measure', () => {
		expect(isMeasure('E1')).toBe(false);
		expect(isMeasure('E')).toBe(true);
		expect(isMeasure('toString')).toBe(false);
	});

	it('says for a division without counters that conduct counts for the receiving unit', () => {
		const division = { receives: false, decides: true };
		expect(absenceOf('C', division)).toEqual({ reason: 'counts_elsewhere', side: 'receiving' });
		expect(absenceOf('D', division)).toEqual({ reason: 'not_asked' });
	});

	it('says for a one-stop office that the result counts for the deciding unit', () => {
		const office = { receives: true, decides: false };
		expect(absenceOf('D0', office)).toEqual({ reason: 'counts_elsewhere', side: 'deciding' });
		expect(absenceOf('A', office)).toEqual({ reason: 'not_asked' });
	});
});
