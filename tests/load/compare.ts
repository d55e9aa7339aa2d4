// Comparing at 10,000,000 responses against 100,000: what the database takes for each page of /compare, 300 points
// and three years of figures in both. And what a page costs the server against an office page that shows nothing.

import type pg from 'pg';
import type { Product } from '../support/product.ts';
import { inTurn, makeOrganisation, makeResponses, ORGANISATION, reportMaking } from './figures.ts';
import { signIn } from '../support/http-session.ts';
import { bestOf } from './permissions.ts';
import type { Report } from './report.ts';
import { withTwoDatabases } from './two-databases.ts';

const MOST = Number(process.env.BENCH_COMPARED ?? 10_000_000);
const FEW = 100_000;
const UNITS = 150;
const DAYS = 3 * 365;
const LEADER = '00000000-0000-4000-8000-0000000000b1';

/** Each page of /compare as its one call of the database. */
const PAGES = [
	{ name: 'units side by side, a quarter', call: `office_comparison($1, '2026-Q2')` },
	{ name: 'units side by side, a year', call: `office_comparison($1, '2025-Y', '2024-Y')` },
	{
		name: 'answers by the open code alone',
		call: `office_comparison($1, '2026-Q2', null, 'pool:open')`
	},
	{ name: 'trend by months', call: `office_trend($1, 'S0', 'month')` },
	{ name: 'trend by quarters', call: `office_trend($1, 'C', 'quarter')` },
	{ name: 'what would help most', call: `office_help($1, '2026-Q2')` }
];

/** Makes the leader of the whole, who asks. */
async function makeLeader(client: pg.Client): Promise<void> {
	await client.query(
		`insert into public.people (id, name, email) values ($1, 'Lãnh đạo', 'a@b.example')`,
		[LEADER]
	);
	await client.query(
		`insert into public.members (person_id, organisation_id, unit_id, role) values ($1, $2, $2, 'leader')`,
		[LEADER, ORGANISATION]
	);
}

/** Asks every page of both databases in turn and prints times and ratios; issue 5 wants at most 1.5. */
async function comparePages(few: pg.Client, many: pg.Client, report: Report): Promise<void> {
	const person = JSON.stringify({ sub: LEADER, role: 'authenticated' });
	for (const client of [few, many]) {
		await client.query(`select set_config('request.jwt.claims', $1, false)`, [person]);
	}
	for (const { name, call } of PAGES) {
		const sql = `select public.${call}`;
		const [atFew = 0, atMany = 0] = await inTurn([few, many], sql, [ORGANISATION], 20);
		report.raw(`${name}, at ${FEW} and ${MOST}`, `${atFew.toFixed(1)} and ${atMany.toFixed(1)} ms`);
		report.target(`${name}: large ÷ small`, atMany / atFew, { atMost: 1.5 });
	}
}

/** Builds both databases (a quarter of an hour for the large one) and asks. */
export async function benchCompare(report: Report): Promise<void> {
	report.heading(
		`Comparing: database time at ${MOST} responses against ${FEW} (300 points, 3 years)`
	);
	const fill = (count: number) => async (client: pg.Client) => {
		await makeOrganisation(client, UNITS);
		await makeLeader(client);
		reportMaking(report, count, await makeResponses(client, count, DAYS));
	};
	await withTwoDatabases({ few: FEW, many: MOST }, fill, (few, many) =>
		comparePages(few, many, report)
	);
}

/** Whole pages of the demo's leader against the office's first page, in turn; issue 5 wants at most 3. */
export async function benchComparePages(product: Product, report: Report): Promise<void> {
	report.heading('Pages of /compare against an office page that shows nothing');
	const leader = product.accounts.find(({ role }) => role === 'leader');
	if (!leader) throw new Error('the demo has no leader');
	const cookie = await signIn(product.url, leader.email, leader.password);
	const page = (path: string) => async () => {
		const answer = await fetch(product.url + path, { headers: { cookie }, redirect: 'manual' });
		await answer.arrayBuffer();
		return answer.status;
	};
	const paths = ['/account', '/compare', '/compare/trend', '/compare/help'];
	const [empty = 0, ...asked] = await bestOf(paths.map(page));
	report.raw('the page that shows nothing (/account)', `${empty.toFixed(1)} ms`);
	for (const [at, ms] of asked.entries()) {
		report.raw(paths[at + 1]!, `${ms.toFixed(1)} ms`);
		report.target(`${paths[at + 1]} ÷ the page that shows nothing`, ms / empty, { atMost: 3 });
	}
}
