// The open data as CSV: 10,000 and 1,000,000 rows streamed by the running product, and the most memory that its web
// process had meanwhile. Publications are put by SQL; their digests, too, so that the worker has nothing to do.

import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import type pg from 'pg';
import { withDatabase } from '../../supabase/local/migrations.ts';
import type { Product } from '../support/product.ts';
import type { Report } from './report.ts';

const ROWS = Number(process.env.BENCH_ROWS ?? 1_000_000);
const FEW = 10_000;
const UNITS = 250;
/** A cell is two rows, one per formula. */
const SUBJECTS = [
	...['S0', 'A', 'B', 'C', 'D', 'E', 'B0', 'C0', 'D0', 'E0'].map((code) => `measure:${code}`),
	...['S0', 'B1', 'B2', 'C1', 'C2', 'D1', 'D2', 'E1', 'E2', 'E3'].map((code) => `item:${code}`)
];

/** An organisation with as many published rows; resolves to its id. */
async function publish(client: pg.Client, rows: number): Promise<string> {
	const publications = Math.max(1, Math.round(rows / (2 * UNITS * SUBJECTS.length)));
	const { rows: made } = await client.query<{ id: string }>(
		`insert into public.organisations (names, phone, email) values ('{"vi": "Tỉnh"}', '0', 'a@b.example') returning id`
	);
	const { id } = made[0]!;
	await client.query(
		`with p as (
			insert into private.published_periods (organisation_id, period, starts_on, ends_on, revision, reason, figures, digest, names, method, pools, versions, item_texts)
			select $1, '2026-M01', '2025-12-15', '2026-01-14', n, case when n > 1 then 'bench' end, $2::integer * cardinality($3::text[]), repeat('0', 64), '{"vi": "Tỉnh"}', '1', '{open}', '[]', '{}'
			from generate_series(1, $4::integer) as n returning id, revision, organisation_id, period
		),
		u as (select gen_random_uuid() as id, n from generate_series(1, $2::integer) as n),
		units as (
			insert into private.published_units (publication_id, unit_id, names, kind, depth, place, receives, decides, excluded)
			select p.id, u.id, jsonb_build_object('vi', 'Xã số ' || u.n), 'commune', 1, u.n, true, true, 0 from p cross join u
		),
		digests as (
			insert into private.open_digests (publication_id, house, period, revision, published_on, lines, digest)
			select p.id, p.organisation_id, p.period, p.revision, current_date, 0, repeat('0', 64) from p
		)
		insert into private.published_figures (publication_id, unit_id, subject, is_shown, persons, others, s1, s2, s3, s4, s5, s6)
		select p.id, u.id, s, true, 200, 200,
			case when s like 'm%' then 150000000 else 10 end, case when s like 'm%' then 140000000000000 else 10 end,
			case when s like 'm%' then 160000000 else 30 end, case when s like 'm%' then 150000000000000 else 100 end,
			case when s like 'm%' then null else 50 end, case when s like 'm%' then null else 0 end
		from p cross join u cross join unnest($3::text[]) as s`,
		[id, UNITS, SUBJECTS, publications]
	);
	await client.query('analyze private.published_figures');
	return id;
}

/** The process below this one that serves the pages. */
function webProcess(product: Product): number {
	for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
		try {
			const environment = readFileSync(`/proc/${pid}/environ`, 'latin1');
			const command = readFileSync(`/proc/${pid}/cmdline`, 'latin1');
			const isOurs = environment.includes(`DATA_DIR=${product.dataDir}\0`);
			if (isOurs && command.includes('build') && !command.includes('worker')) return Number(pid);
		} catch {
			// It has ended, or is somebody else's.
		}
	}
	throw new Error('the web process was not found');
}

const memoryOf = (pid: number, name: string) =>
	Number(new RegExp(`${name}:\\s+(\\d+)`).exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) /
	1024;

/** Downloads the whole file without keeping it. */
async function download(product: Product, organisation: string, pid: number) {
	// The mark of the most memory begins anew.
	writeFileSync(`/proc/${pid}/clear_refs`, '5');
	const began = performance.now();
	const answer = await fetch(
		`${product.url}/api/v1/scores?organisation=${organisation}&revision=all&format=csv`,
		{ headers: { 'accept-encoding': 'identity' } }
	);
	let [rows, bytes] = [-1, 0];
	for await (const chunk of answer.body!) {
		bytes += chunk.length;
		for (const byte of chunk) if (byte === 10) rows++;
	}
	return { rows, bytes, ms: performance.now() - began, peak: memoryOf(pid, 'VmHWM') };
}

export async function benchOpenData(product: Product, report: Report): Promise<void> {
	report.heading('Open data: CSV of published scores, streamed');
	const [few, most] = await withDatabase(product.databaseUrl, async (client) => [
		await publish(client, FEW),
		await publish(client, ROWS)
	]);
	const pid = webProcess(product);
	// The first ones warm the process up: what it then holds is its own.
	for (let n = 0; n < 3; n++) await download(product, few!, pid);
	const small = await download(product, few!, pid);
	const large = await download(product, most!, pid);
	for (const { rows, bytes, ms, peak } of [small, large]) {
		report.raw(
			`${rows} rows, ${(bytes / 2 ** 20).toFixed(1)} MiB`,
			`${(ms / 1000).toFixed(1)} s, ${Math.round((1000 * rows) / ms)} rows/s, peak ${peak.toFixed(0)} MiB`
		);
	}
	report.target('peak memory of the web process, large against small', large.peak / small.peak, {
		atMost: 1.5
	});
}
