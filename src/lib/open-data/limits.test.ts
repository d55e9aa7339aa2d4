import { describe, expect, it } from 'vitest';
import { ANSWERS, FILES_AT_ONCE, OpenDataLimits } from './limits.server';

describe('limits of the open data', () => {
	it('let a whole office behind one address ask, and then a while later again', async () => {
		const limits = new OpenDataLimits();
		for (let n = 0; n < ANSWERS; n++) expect(await limits.meet('203.0.113.7')).toBe(0);
		expect(await limits.meet('203.0.113.7')).toBeGreaterThan(0);
		expect(await limits.meet('203.0.113.8')).toBe(0);
	});

	it('count nobody where the address tells nobody apart', async () => {
		const limits = new OpenDataLimits();
		for (let n = 0; n <= ANSWERS; n++) expect(await limits.meet(undefined)).toBe(0);
	});

	it('write a few files at a time; a place is given back once', () => {
		const limits = new OpenDataLimits();
		const open = Array.from({ length: FILES_AT_ONCE }, () => limits.openFile());
		expect(limits.openFile()).toBeUndefined();
		open[0]!();
		open[0]!();
		expect(limits.openFile()).toBeTypeOf('function');
		expect(limits.openFile()).toBeUndefined();
	});
});
