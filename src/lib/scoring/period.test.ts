import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
	formatPeriod,
	longerPeriods,
	monthHolding,
	nextPeriod,
	parsePeriod,
	previousPeriod,
	rangeOf,
	type Period,
	type PeriodScheme
} from './period.ts';

const scheme = fc.constantFrom<PeriodScheme>('administrative', 'calendar');
const year = fc.integer({ min: 2000, max: 2100 });
const period: fc.Arbitrary<Period> = fc.oneof(
	fc.record({ year, kind: fc.constant('month' as const), number: fc.integer({ min: 1, max: 12 }) }),
	fc.record({
		year,
		kind: fc.constant('quarter' as const),
		number: fc.integer({ min: 1, max: 4 })
	}),
	fc.record({
		year,
		kind: fc.constantFrom<'half' | 'nine_months' | 'year'>('half', 'nine_months', 'year'),
		number: fc.constant(1)
	})
);
const range = (code: string, by: PeriodScheme) => {
	const { start, end } = rangeOf(parsePeriod(code)!, by);
	return `${start} ${end}`;
};

describe('period codes', () => {
	it('are read back as they were written', () => {
		fc.assert(
			fc.property(period, (p) => {
				expect(parsePeriod(formatPeriod(p))).toEqual(p);
			})
		);
	});

	it.each([
		'2026-M13',
		'2026-M00',
		'2026-Q5',
		'2026-H2',
		'26-Q1',
		'2026-q1',
		'2026-Q1 ',
		'',
		'2026'
	])('that are wrong are refused: "%s"', (code) => expect(parsePeriod(code)).toBeNull());
});

describe('first and last day', () => {
	it('follow the dates of administrative reform reports', () => {
		expect(range('2026-Q1', 'administrative')).toBe('2025-12-15 2026-03-14');
		expect(range('2026-Q2', 'administrative')).toBe('2026-03-15 2026-06-14');
		expect(range('2026-H1', 'administrative')).toBe('2025-12-15 2026-06-14');
		expect(range('2026-9M', 'administrative')).toBe('2025-12-15 2026-09-14');
		expect(range('2026-Y', 'administrative')).toBe('2025-12-15 2026-12-14');
		expect(range('2026-M01', 'administrative')).toBe('2025-12-15 2026-01-14');
	});

	it('are the first and last of the month in the calendar scheme, leap years included', () => {
		expect(range('2028-M02', 'calendar')).toBe('2028-02-01 2028-02-29');
		expect(range('2026-H1', 'calendar')).toBe('2026-01-01 2026-06-30');
		expect(range('2026-Y', 'calendar')).toBe('2026-01-01 2026-12-31');
	});

	it('leave no day between a period and the next, and share none', () => {
		fc.assert(
			fc.property(period, scheme, (p, by) => {
				fc.pre(p.kind !== 'half' && p.kind !== 'nine_months');
				const after = new Date(`${rangeOf(p, by).end}T00:00:00Z`).getTime() + 86_400_000;
				expect(new Date(after).toISOString().slice(0, 10)).toBe(rangeOf(nextPeriod(p), by).start);
			})
		);
	});
});

describe('the month that holds a day', () => {
	it('holds it, in both schemes', () => {
		const day = fc
			.date({ min: new Date('2001-01-01'), max: new Date('2099-12-31'), noInvalidDate: true })
			.map((date) => date.toISOString().slice(0, 10));
		fc.assert(
			fc.property(day, scheme, (d, by) => {
				const { start, end } = rangeOf(monthHolding(d, by), by);
				expect(start <= d && d <= end).toBe(true);
			})
		);
	});

	it('changes on the 15th in the administrative scheme', () => {
		expect(formatPeriod(monthHolding('2026-06-14', 'administrative'))).toBe('2026-M06');
		expect(formatPeriod(monthHolding('2026-06-15', 'administrative'))).toBe('2026-M07');
		expect(formatPeriod(monthHolding('2025-12-15', 'administrative'))).toBe('2026-M01');
	});
});

describe('longer periods', () => {
	it('of a month are its quarter, the half, nine months and the year as far as they hold it', () => {
		const chain = (code: string) => longerPeriods(parsePeriod(code)!).map(formatPeriod);
		expect(chain('2026-M05')).toEqual(['2026-Q2', '2026-H1', '2026-9M', '2026-Y']);
		expect(chain('2026-Q3')).toEqual(['2026-9M', '2026-Y']);
		expect(chain('2026-M12')).toEqual(['2026-Q4', '2026-Y']);
		expect(chain('2026-Y')).toEqual([]);
	});

	it('hold every day of the shorter one', () => {
		fc.assert(
			fc.property(period, scheme, (p, by) => {
				const inner = rangeOf(p, by);
				for (const longer of longerPeriods(p)) {
					const outer = rangeOf(longer, by);
					expect(outer.start <= inner.start && inner.end <= outer.end).toBe(true);
				}
			})
		);
	});
});

describe('previous and next', () => {
	it('undo each other', () => {
		fc.assert(
			fc.property(period, (p) => {
				expect(nextPeriod(previousPeriod(p))).toEqual(p);
			})
		);
	});

	it('step over the turn of the year', () => {
		expect(formatPeriod(previousPeriod(parsePeriod('2026-Q1')!))).toBe('2025-Q4');
		expect(formatPeriod(previousPeriod(parsePeriod('2026-H1')!))).toBe('2025-H1');
	});
});
