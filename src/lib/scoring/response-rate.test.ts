import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { responseRate } from './response-rate.ts';

describe('response rate', () => {
	it('is answers divided by people served', () => {
		expect(responseRate({ answered: 60, served: 240 })).toMatchObject({
			state: 'known',
			rate: 0.25
		});
	});

	it('is unknown without a number served, and never a division by zero', () => {
		for (const sums of [undefined, null, { answered: 60, served: 0 }]) {
			expect(responseRate(sums)).toEqual({ state: 'unknown' });
		}
	});

	it('is low under a tenth, and not at a tenth', () => {
		expect(responseRate({ answered: 99, served: 1000 }).state).toBe('low');
		expect(responseRate({ answered: 100, served: 1000 }).state).toBe('known');
	});

	it('says so when there are more answers than people, instead of cutting at 100%', () => {
		expect(responseRate({ answered: 101, served: 100 })).toEqual({
			state: 'impossible',
			answered: 101,
			served: 100
		});
		expect(responseRate({ answered: 100, served: 100 }).state).toBe('known');
	});

	it('never gives a rate above 1', () => {
		fc.assert(
			fc.property(fc.nat(5000), fc.nat(5000), (answered, served) => {
				const rate = responseRate({ answered, served });
				expect('rate' in rate ? rate.rate : 0).toBeLessThanOrEqual(1);
			})
		);
	});
});
