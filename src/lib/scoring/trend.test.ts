import { describe, expect, it } from 'vitest';
import stored from './fixtures/trend.json' with { type: 'json' };
import { difference } from './change.ts';
import { controlChart } from './control-chart.ts';
import { funnelOf } from './funnel.ts';
import { gainsOf } from './improvement.ts';
import { MILLION, type PersonSums } from './tally.ts';

const sums = ([satisfied, persons]: number[]): PersonSums => ({
	persons: persons!,
	sum: satisfied! * MILLION,
	squares: satisfied! * MILLION ** 2
});

describe('control limits', () => {
	it.each(stored.charts)('agree with the outside chart of $periods', (outside) => {
		const chart = controlChart(outside.periods.map(sums), 'top2')!;
		expect(chart.centre).toBeCloseTo(outside.centre, 12);
		expect(chart.unrest).toBeCloseTo(outside.unrest, 9);
		expect(chart.sides).toEqual(outside.sides);
		chart.limits.forEach(({ low, high }, at) => {
			expect(low).toBeCloseTo(outside.limits[at]![0]!, 9);
			expect(high).toBeCloseTo(outside.limits[at]![1]!, 9);
		});
	});

	it('do not exist for a few periods or a small one', () => {
		const five = Array.from({ length: 5 }, () => sums([27, 30]));
		expect(controlChart(five.slice(1), 'top2')).toBeNull();
		expect(controlChart([...five, sums([27, 29])], 'top2')).toBeNull();
		expect(controlChart(five, 'top2')).not.toBeNull();
	});

	it('are left by chance as seldom as the documentation says', () => {
		for (const { outside } of stored.alarms) expect(outside).toBeLessThan(0.01);
	});
});

it.each(stored.funnels)('the funnel is that of the outside program', (outside) => {
	const funnel = funnelOf(outside.peers.map(sums), 'top2');
	expect(funnel.centre).toBeCloseTo(outside.centre, 12);
	for (const { persons, inner, outer } of outside.at) {
		const limits = funnel.at(persons);
		expect([limits.inner.low, limits.inner.high]).toEqual(
			inner.map((limit) => expect.closeTo(limit, 9))
		);
		expect([limits.outer.low, limits.outer.high]).toEqual(
			outer.map((limit) => expect.closeTo(limit, 9))
		);
	}
});

describe('what would help', () => {
	const item = (code: string, own: number[], peers: number[], weight: number | null = 0.5) => ({
		code,
		own: sums(own),
		peers: sums(peers),
		weight
	});

	it.each(stored.gains)('lifts the dimension as a count of raised persons says', (outside) => {
		const own = item('B1', [60, 100], [60 + 100 * outside.gap, 100], outside.weight);
		expect(gainsOf([own])[0]!.lift!.value).toBeCloseTo(outside.lift, 9);
	});

	it('comes with the interval of the difference and the largest first', () => {
		const found = gainsOf([
			item('B1', [270, 300], [2760, 3000], 0.5),
			item('B2', [240, 300], [2760, 3000], 0.25),
			item('C0', [270, 300], [2700, 3000], null)
		]);
		expect(found.map(({ code, isEstablished }) => [code, isEstablished])).toEqual([
			['B2', true],
			['B1', false],
			['C0', false]
		]);
		const { low, high } = difference(sums([2760, 3000]), sums([240, 300]), 'top2');
		expect(found[0]!.lift).toMatchObject({ low: 0.25 * low, high: 0.25 * high });
		expect(found[2]!.lift).toBeNull();
	});

	it('compares nothing under 30 persons and calls no advantage a need', () => {
		expect(gainsOf([item('B1', [1, 29], [90, 100])])).toEqual([]);
		expect(gainsOf([item('B1', [99, 100], [60, 100])])[0]!.isEstablished).toBe(false);
	});
});
