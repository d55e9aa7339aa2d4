import { describe, expect, it } from 'vitest';
import { addressOf } from '$lib/server/client-address';
import { Pace, POSTS } from './pace.server';

const asked = (address: string) => addressOf({ getClientAddress: () => address });

/** How many of so many forms of one address to one point are let through. */
async function letThrough(pace: Pace, posts: number, address = '203.0.113.7', point = 'A') {
	let passed = 0;
	for (let n = 0; n < posts; n++) if ((await pace.meet(point, address)) === 0) passed++;
	return passed;
}

describe('the pace of forms', () => {
	it('never refuses a hall of 200 people behind one address, even if each tries twice', async () => {
		expect(await letThrough(new Pace(), 400)).toBe(400);
	});

	it('slows a script that posts thousands, and says how long to wait', async () => {
		const pace = new Pace();
		expect(await letThrough(pace, 3000)).toBe(POSTS);
		const wait = await pace.meet('A', '203.0.113.7');
		expect(wait).toBeGreaterThan(0);
		expect(wait).toBeLessThanOrEqual(600);
	});

	it('counts each point and each address for itself', async () => {
		const pace = new Pace(2);
		expect(await letThrough(pace, 5)).toBe(2);
		expect(await letThrough(pace, 5, '203.0.113.7', 'B')).toBe(2);
		expect(await letThrough(pace, 5, '203.0.113.8')).toBe(2);
	});

	it('counts nothing where an address tells nobody apart', async () => {
		expect([asked('127.0.0.1'), asked('::1'), asked('::ffff:127.0.0.1')]).toEqual([
			undefined,
			undefined,
			undefined
		]);
		expect(asked('203.0.113.7')).toBe('203.0.113.7');
		const unknown = {
			getClientAddress: () => {
				throw new Error('no header');
			}
		};
		expect(addressOf(unknown)).toBeUndefined();
		const pace = new Pace(2);
		expect(await pace.meet('A', undefined)).toBe(0);
	});
});
