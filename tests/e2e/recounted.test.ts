// Every figure of randomly chosen pages, of their Excel, CSV and Word files and of the open data, made again from raw
// responses: the recount reads them answer by answer with the release rule, and SQL (not src/lib/scoring) makes the
// share and its interval of the sums. Equal to the last digit. RECOUNT_SEED repeats a choice.

import { randomInt } from 'node:crypto';
import { parse } from 'csv-parse/sync';
import { unzipSync } from 'fflate';
import pg from 'pg';
import readXlsxFile from 'read-excel-file/node';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { recount } from '../../supabase/local/recount/compare.ts';
import { Snapshot } from '../../supabase/local/recount/database.ts';
import { signIn } from '../support/http-session.ts';

const product = inject('product');
const seed = Number(process.env.RECOUNT_SEED ?? randomInt(1_000_000));
const PERIODS_CHOSEN = 3;

/** As a page shows it: share (null under 30 persons), limits in percent with one decimal, persons. */
interface Figure {
	value: number | null;
	low: number;
	high: number;
	persons: number;
}

/** docs/scoring.md in SQL: two persons at 0 and two at 1 are added for the variance, Wilson with n ÷ deff. */
const FIGURE = `
	with given as (
		select $1::float8 as n, $2::float8 / 1e6 as sum, $3::float8 / 1e12 as squares, 1.959963984540054::float8 as z),
	steady as (select *, (sum + 2) / (n + 4) as mean from given),
	spread as (
		select *, least(greatest((squares + 2 - (n + 4) * mean * mean) / (n + 3), 0), mean * (1 - mean)) as variance from steady),
	wide as (select *, sum / n as p, n * mean * (1 - mean) / variance as n_eff from spread)
	select
		case when n >= 30 then round($2::numeric / $1::numeric / 10000, 1) end::float8 as value,
		round((100 * greatest(0, (p + z * z / (2 * n_eff) - z * sqrt(p * (1 - p) / n_eff + z * z / (4 * n_eff * n_eff))) / (1 + z * z / n_eff)))::numeric, 1)::float8 as low,
		round((100 * least(1, (p + z * z / (2 * n_eff) + z * sqrt(p * (1 - p) / n_eff + z * z / (4 * n_eff * n_eff))) / (1 + z * z / n_eff)))::numeric, 1)::float8 as high,
		n::integer as persons
	from wide`;

let owner: pg.Client;
let counted: ReadonlyMap<string, bigint[]>;
let organisation: string;
let periods: string[];
let units: Map<string, string>;
let cookie: string;
/** "Phiếu nhanh|Thủ tục hành chính" and the like to the code of the measure. */
const codes = new Map<string, string>();

async function figureOf(period: string, unit: string, subject: string): Promise<Figure> {
	const sums = counted.get(`${organisation} ${period} ${unit} ${subject}`);
	if (!sums) {
		throw new Error(`nobody answered ${subject} of ${unit} in ${period}, and yet it is shown`);
	}
	const [persons, , sum, squares] = sums.map(String);
	const { rows } = await owner.query<Figure>(FIGURE, [persons, sum, squares]);
	return rows[0]!;
}

const number = (text: string) =>
	Number(text.replaceAll('.', '').replace('%', '').replace(',', '.'));
const inWords = (share: number) => share.toFixed(1).replace('.', ',');
const textOf = (html: string) => html.replaceAll(/<!--.*?-->/g, '').replaceAll(/<[^>]+>/g, ' ');
const fetchAs = (path: string) => fetch(product.url + path, { headers: { cookie } });
const unitNamed = (name: string) => {
	const found = [...units].filter(([, other]) => other === name.trim());
	if (found.length !== 1) throw new Error(`${found.length} units are called ${name}`);
	return found[0]![0];
};

/** A few of a list, by the seed. */
function some<T>(list: readonly T[], count: number): T[] {
	const left = [...list];
	let state = seed;
	return Array.from({ length: Math.min(count, left.length) }, () => {
		state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
		return left.splice(state % left.length, 1)[0]!;
	});
}

beforeAll(async () => {
	console.log(`RECOUNT_SEED=${seed}`);
	owner = new pg.Client({ connectionString: product.databaseUrl });
	await owner.connect();
	await owner.query('begin isolation level repeatable read read only');
	({ counted } = await recount(new Snapshot(owner)));
	await owner.query('commit');
	const demo = await owner.query<{ id: string; periods: string[] }>(
		`select o.id, array_agg(distinct p.period) as periods from public.organisations as o
		join private.published_periods as p on p.organisation_id = o.id
		-- What was left out since then changes the sums, and not what is out.
		where o.is_demo and not exists (
			select from private.exclusions as x where x.organisation_id = o.id
				and greatest(x.effective_on, x.ended_on) >= (p.published_at at time zone 'Asia/Ho_Chi_Minh')::date)
		group by 1`
	);
	({ id: organisation, periods } = demo.rows[0]!);
	const named = await owner.query<{ id: string; name: string }>(
		`select id, names ->> 'vi' as name from public.units where organisation_id = $1`,
		[organisation]
	);
	units = new Map(named.rows.map(({ id, name }) => [id, name]));
	const leader = product.accounts.find(({ role }) => role === 'leader')!;
	cookie = await signIn(product.url, leader.email, leader.password);
});
afterAll(() => owner.end());

describe('counted again from raw responses', () => {
	it('the public page says the same', { timeout: 60_000 }, async () => {
		for (const period of some(periods, PERIODS_CHOSEN)) {
			const page = await (await fetch(`${product.url}/results?period=${period}&lang=vi`)).text();
			let compared = 0;
			for (const [, series, table] of page.matchAll(/<table data-series="(\w+)"(.*?)<\/table>/gs)) {
				const heads = [...table!.matchAll(/data-measure="(\w+)"[^>]*>(.*?)<\/th>/gs)];
				for (const [, code, name] of heads) codes.set(`${series}|${textOf(name!).trim()}`, code!);
				for (const [, unit, row] of table!.matchAll(/<tr data-unit="([^"]+)"(.*?)<\/tr>/gs)) {
					const cells = [...row!.matchAll(/<td(.*?)<\/td>/gs)].map(([, cell]) => cell!);
					for (const [at, cell] of cells.entries()) {
						const limits = /class="interval[^"]*">([\d,]+)–([\d,]+)%/.exec(cell);
						if (!limits) continue;
						const strong = /<strong[^>]*>([\d,]+)%/.exec(cell);
						const { persons, ...expected } = await figureOf(
							period,
							unit!,
							`measure:${heads[at]![1]}`
						);
						expect(
							{
								value: strong ? number(strong[1]!) : null,
								low: number(limits[1]!),
								high: number(limits[2]!)
							},
							`${heads[at]![1]} of ${units.get(unit!)} in ${period}`
						).toEqual(expected);
						expect(persons).toBeGreaterThanOrEqual(10);
						compared++;
					}
				}
			}
			expect(compared, `figures of ${period}`).toBeGreaterThan(0);
		}
	});

	it('comparison, Excel, CSV and Word say the same', { timeout: 60_000 }, async () => {
		for (const period of some(periods, PERIODS_CHOSEN)) {
			const query = `period=${period}&measure=S0`;
			const file = async (name: string) =>
				Buffer.from(await (await fetchAs(`/compare/${name}?${query}`)).arrayBuffer());
			const rows = parse(await file('figures.csv'), { bom: true, fromLine: 2 });
			let compared = 0;
			for (const row of rows) {
				const [unit, measure, value, low, high, persons] = row;
				// Too few persons: words instead of figures.
				if (!/^\d+$/.test(persons ?? '')) continue;
				const [, name, form] = /^(.*?)(?: \((.*)\))?$/.exec(measure!)!;
				const code =
					codes.get(`${form === 'Phiếu nhanh' ? 'quick' : 'items'}|${name}`) ??
					[...codes].find(([key]) => key.endsWith(`|${name}`) && !form)?.[1];
				if (!code) throw new Error(`no page calls a measure ${measure}`);
				const shown = { value: value === '–' ? null : Number(value), low: Number(low) };
				expect({ ...shown, high: Number(high), persons: Number(persons) }, row.join()).toEqual(
					await figureOf(period, unitNamed(unit!), `measure:${code}`)
				);
				compared++;
			}
			expect(compared, `lines of ${period}`).toBeGreaterThan(0);

			const word = textOf(
				new TextDecoder().decode(
					unzipSync(new Uint8Array(await file('section.docx')))['word/document.xml']
				)
			);
			const sheet = (await readXlsxFile(await file('figures.xlsx')))[0]!.data.slice(1);
			let inFiles = 0;
			for (const [unit, value, low, high, persons] of sheet) {
				if (typeof low !== 'number') continue;
				const expected = await figureOf(period, unitNamed(String(unit)), 'measure:S0');
				const shown = { value: typeof value === 'number' ? value : null, low, high, persons };
				expect(shown, `${String(unit)} in ${period}`).toEqual(expected);
				expect(word).toContain(`${inWords(expected.low)}%–${inWords(expected.high)}%`);
				if (expected.value !== null) expect(word).toContain(`${inWords(expected.value)}%`);
				inFiles++;
			}
			expect(inFiles, `rows of the workbook of ${period}`).toBeGreaterThan(0);
		}
	});

	it('the open data say the same', { timeout: 60_000 }, async () => {
		for (const period of some(periods, PERIODS_CHOSEN)) {
			const path = `/api/v1/scores?organisation=${organisation}&period=${period}&formula=top2&measure=S0,A,B,C,D,E,B0,C0,D0,E0&limit=5000`;
			const { items } = (await (await fetch(product.url + path)).json()) as {
				items: ({ unit_id: string; subject: string; state: string } & Figure)[];
			};
			expect(items.length).toBeGreaterThan(0);
			for (const { unit_id, subject, state, value, low, high, persons } of items) {
				const expected = await figureOf(period, unit_id, subject);
				expect({ value: value ?? null, low, high, persons }, `${subject} of ${unit_id}`).toEqual(
					expected
				);
				expect(state).toBe(expected.value === null ? 'interval' : 'shown');
			}
		}
	});
});
