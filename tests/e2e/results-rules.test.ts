// The rules that stand in SQL and in src/lib/scoring say the same: periods, attribution, one person's values.

import pg from 'pg';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { MEASURES, sideOf } from '../../src/lib/scoring/attribution.ts';
import {
	formatPeriod,
	longerPeriods,
	monthHolding,
	parsePeriod,
	rangeOf,
	type PeriodScheme
} from '../../src/lib/scoring/period.ts';
import { personValues, sumsOf, type Rating } from '../../src/lib/scoring/tally.ts';

const product = inject('product');
const SCHEMES: PeriodScheme[] = ['administrative', 'calendar'];

let database: pg.Client;
beforeAll(async () => {
	database = new pg.Client(product.databaseUrl);
	await database.connect();
});
afterAll(() => database.end());

async function rows<Row>(sql: string, values: unknown[] = []): Promise<Row[]> {
	return (await database.query(sql, values)).rows as Row[];
}

/** Raw answers of other organisations may be cleared while their tallies stay. */
const OF_DEMO = `s.organisation_id in (select id from public.organisations where is_demo)`;

describe('SQL and scoring', () => {
	it.each(SCHEMES)('give the periods of three years the same days, %s', async (scheme) => {
		for (const year of [2025, 2026, 2028]) {
			const listed = await rows<{ code: string; start: string; end: string }>(
				`select y.code, private.month_start($1, y.first_label)::text as start,
				        private.month_end($1, y.last_label)::text as end
				 from private.year_periods($2) as y`,
				[scheme, year]
			);
			expect(listed).toHaveLength(19);
			for (const { code, ...range } of listed) {
				expect({ code, ...rangeOf(parsePeriod(code)!, scheme) }).toEqual({ code, ...range });
			}
		}
	});

	it('hold the same longer periods above each period', async () => {
		const listed = await rows<{ code: string; parent: string | null }>(
			'select code, parent from private.year_periods(2026)'
		);
		const parentOf = new Map(listed.map(({ code, parent }) => [code, parent]));
		for (const { code } of listed) {
			const chain: string[] = [];
			for (let up = parentOf.get(code); up; up = parentOf.get(up)) chain.push(up);
			expect(longerPeriods(parsePeriod(code)!).map(formatPeriod)).toEqual(chain);
		}
	});

	it.each(SCHEMES)('put every day of two years into the same month, %s', async (scheme) => {
		const days = await rows<{ day: string; label: string }>(
			`select day::date::text as day, private.month_label($1, day::date)::text as label
			 from generate_series('2027-12-01'::date, '2029-12-31', '1 day') as day`,
			[scheme]
		);
		expect(days.length).toBeGreaterThan(700);
		for (const { day, label } of days) {
			const { year, number } = monthHolding(day, scheme);
			expect([day, `${year}-${String(number).padStart(2, '0')}-01`]).toEqual([day, label]);
		}
	});

	it('count each measure for the same side', async () => {
		for (const measure of MEASURES) {
			const [row] = await rows<{ deciding: boolean }>(
				'select private.counts_for_deciding($1) as deciding',
				[`measure:${measure}`]
			);
			expect([measure, sideOf(measure) === 'deciding']).toEqual([measure, row!.deciding]);
		}
	});

	it('make the same sums of the answers of one day', async () => {
		const [{ day }] = (await rows<{ day: string }>(
			`select t.day::text as day from private.person_sums as t join private.strata as s on s.id = t.stratum_id
			where ${OF_DEMO} group by 1 order by sum(t.persons) desc limit 1`
		)) as [{ day: string }];
		const answers = await rows<{ stratum: number; ratings: Rating[]; measures: string[] }>(
			`select r.stratum_id as stratum, r.ratings,
			        (select array_agg(i.measure order by i.position) from private.version_items as i
			         where i.version_id = s.version_id) as measures
			 from public.responses as r join private.strata as s on s.id = r.stratum_id
			 where r.counted_on = $1 and ${OF_DEMO}`,
			[day]
		);
		const tallies = await rows<Record<string, string>>(
			`select t.* from private.person_sums as t join private.strata as s on s.id = t.stratum_id
			where t.day = $1 and ${OF_DEMO}`,
			[day]
		);
		expect(tallies.length).toBeGreaterThan(5);
		const valued = answers.map(({ stratum, ratings, measures }) => ({
			stratum,
			values: personValues(ratings, measures)
		}));
		for (const tally of tallies) {
			const values = valued.flatMap(({ stratum, values }) => {
				const value = stratum === Number(tally.stratum_id) && values.get(tally.measure!);
				return value ? [value] : [];
			});
			const sum = Number(tally.top2_sum);
			const squares = Number(tally.top2_squares);
			expect(sumsOf(values, 'top2')).toEqual({ persons: Number(tally.persons), sum, squares });
			expect(sumsOf(values, 'mean')).toEqual({
				persons: Number(tally.persons),
				sum: Number(tally.mean_sum),
				squares: Number(tally.mean_squares)
			});
		}
	});
});
