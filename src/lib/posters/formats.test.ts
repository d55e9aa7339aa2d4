import { describe, expect, it } from 'vitest';
import { gateSign, readRequest } from './formats';

describe('a gate sign', () => {
	it.each([
		[1, 'A3', 100],
		[2, 'A3', 200],
		[3, 'A2', 300],
		[4, 'A1', 400],
		[6, 'A0', 600]
	] as const)('read from %d m is %s with a code of %d mm', (metres, paper, side) => {
		expect(gateSign(metres)).toMatchObject({ paper, side });
	});

	it('has a code of at least a tenth of the distance, whatever the distance', () => {
		for (let metres = 1; metres <= 6; metres += 0.1) {
			const { side, width } = gateSign(metres);
			expect(side).toBeGreaterThanOrEqual((metres * 1000) / 10);
			expect(side * (33 + 8)).toBeLessThan(width * 33);
		}
	});
});

describe('a request for a print', () => {
	it('keeps what it knows and leaves out the rest', () => {
		const query = new URLSearchParams(
			'p=7K3M9QX2TRA&p=nothing&u=x&f=a5&f=a9&f=gate&far=99&ink=mono'
		);
		expect(readRequest(query)).toEqual({
			points: ['7K3M9QX2TRA'],
			units: [],
			formats: ['a5', 'gate'],
			metres: 6,
			isMono: true
		});
	});

	it('is A4 in colour when nothing is said', () => {
		const { formats, isMono, metres } = readRequest(new URLSearchParams('far=x'));
		expect([formats, isMono, metres]).toEqual([['a4'], false, 3]);
	});
});
