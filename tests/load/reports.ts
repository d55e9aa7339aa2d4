// Word and Excel of a comparison of 70 units against 7: how long, how large, when the first bytes come, and how long
// others have to wait meanwhile: the longest answer of /healthz, which does nothing but say that the process is alive.

import type pg from 'pg';
import { withDatabase } from '../../supabase/local/migrations.ts';
import { signIn } from '../support/http-session.ts';
import { foundOffice, joinOffice } from '../support/office.ts';
import type { Product } from '../support/product.ts';
import { RELEASE_LAST_WORKING_DAY } from '../support/release.ts';
import type { Report } from './report.ts';

const FEW = 7;
const MANY = 70;
/** Answers per unit; enough of both pools for figures and ranks in most of them. */
const ANSWERS = 300;
const RUNS = 5;
const PERIOD = '2026-Q2';

/** Communes with a counter each, open and verified answers, on the nine-item form. */
async function fill(client: pg.Client, organisation: string, units: number): Promise<void> {
	await client.query(
		`insert into public.units (organisation_id, parent_id, kind, names, sort)
		select $1, $1, 'commune', jsonb_build_object('vi', 'Xã số ' || n), n from generate_series(1, $2::integer) as n`,
		[organisation, units]
	);
	await client.query(
		`insert into public.service_points (organisation_id, unit_id, labels, kind, moment, default_deciding_unit_id, version_id)
		select $1, u.id, '{"vi": "Quầy"}', 'counter', 'return', u.id, v.id
		from public.units as u
		cross join (select v.id from public.questionnaire_versions as v join public.questionnaires as q on q.id = v.questionnaire_id where q.organisation_id = $1) as v
		where u.organisation_id = $1 and u.kind = 'commune'`,
		[organisation]
	);
	await client.query(
		`insert into private.strata (organisation_id, service_point_id, receiving_unit_id, deciding_unit_id, moment, version_id, pool, channel, pressed_by, language)
		select p.organisation_id, p.id, p.unit_id, p.unit_id, 'return', p.version_id, o.pool, 'qr', 'self', 'vi'
		from public.service_points as p cross join (values ('open'), ('verified')) as o (pool) where p.organisation_id = $1`,
		[organisation]
	);
	// A unit's own share of satisfied answers, so that there is something to tell apart.
	await client.query(
		`insert into public.responses (stratum_id, date, counted_on, is_morning, ratings)
		select s.id, d.day, d.day, true,
			array(select case when random() < 0.7 + (s.id % 5) * 0.06 + 0 * n then 5 else 2 end from generate_series(1, i.items) as each)::smallint[]
		from private.strata as s
		cross join lateral (select count(*)::integer as items from private.version_items as v where v.version_id = s.version_id) as i
		cross join generate_series(1, $2::integer) as n
		cross join lateral (select date '2026-06-14' - (n % 180) as day) as d
		where s.organisation_id = $1`,
		[organisation, ANSWERS]
	);
}

interface Download {
	bytes: number;
	firstMs: number;
	ms: number;
	chunks: number;
	/** Longest answer of /healthz meanwhile. */
	heldMs: number;
}

/** The longest answer of /healthz while something else is done. */
async function heldWhile<T>(product: Product, done: Promise<T>): Promise<[T, number]> {
	let [isOver, heldMs] = [false, 0];
	const settled = done.finally(() => (isOver = true));
	// A failure is told by what is awaited below; meanwhile it is nobody's yet.
	settled.catch(() => {});
	while (!isOver) {
		const began = performance.now();
		await (await fetch(`${product.url}/healthz`)).arrayBuffer();
		heldMs = Math.max(heldMs, performance.now() - began);
	}
	return [await settled, heldMs];
}

/** The whole file, not kept. */
async function receive(url: string, cookie: string): Promise<Omit<Download, 'heldMs'>> {
	const began = performance.now();
	const answer = await fetch(url, { headers: { cookie } });
	if (answer.status !== 200) throw new Error(`${url} answered ${answer.status}`);
	let [bytes, firstMs, chunks] = [0, 0, 0];
	for await (const chunk of answer.body!) {
		firstMs ||= performance.now() - began;
		bytes += chunk.length;
		chunks++;
	}
	return { bytes, firstMs, chunks, ms: performance.now() - began };
}

/** One download, while somebody else asks for something small again and again. */
async function download(product: Product, path: string, cookie: string): Promise<Download> {
	const [received, heldMs] = await heldWhile(product, receive(product.url + path, cookie));
	return { ...received, heldMs };
}

/** The median of each figure: what else the machine does must not decide. */
function median(runs: Download[]): Download {
	const middle = (of: (run: Download) => number) =>
		runs.map(of).sort((a, b) => a - b)[Math.floor(runs.length / 2)]!;
	return {
		bytes: middle(({ bytes }) => bytes),
		firstMs: middle(({ firstMs }) => firstMs),
		ms: middle(({ ms }) => ms),
		chunks: middle(({ chunks }) => chunks),
		heldMs: middle(({ heldMs }) => heldMs)
	};
}

interface OfficeMade {
	id: string;
	units: number;
	cookie: string;
}

/** Both organisations with their figures; a leader of each, signed in. */
async function makeOffices(product: Product): Promise<OfficeMade[]> {
	const offices: OfficeMade[] = [];
	for (const units of [FEW, MANY]) {
		const office = await foundOffice(product, `Tỉnh đo ${units}`, 'nine');
		const who = await joinOffice(product, office, 'leader');
		const cookie = await signIn(product.url, who.email, who.password);
		offices.push({ id: office.id, units, cookie });
	}
	await withDatabase(product.databaseUrl, async (client) => {
		// At once: the worker's own release must not find places that have no answers yet.
		await client.query('begin');
		for (const { id, units } of offices) await fill(client, id, units);
		await client.query(`select public.rebuild_tallies('2025-01-01', '2027-01-01')`);
		await client.query('analyze');
		await client.query(RELEASE_LAST_WORKING_DAY, [offices[0]!.id]);
		await client.query('commit');
	});
	return offices;
}

/** Prints each file's times and the ratio of the longest hold-up. */
export async function benchReports(product: Product, report: Report): Promise<void> {
	report.heading(`Reports of ${MANY} units against ${FEW}: what others wait meanwhile`);
	const offices = await makeOffices(product);
	for (const file of ['section.docx', 'report.docx', 'figures.xlsx']) {
		const found = [];
		for (const { units, cookie } of offices) {
			const path = `/compare/${file}?period=${PERIOD}`;
			await download(product, path, cookie);
			const runs = [];
			for (let run = 0; run < RUNS; run++) runs.push(await download(product, path, cookie));
			const one = median(runs);
			found.push(one);
			report.raw(
				`${file}, ${units} units: first bytes, all, size, longest wait`,
				`${one.firstMs.toFixed(0)} ms, ${one.ms.toFixed(0)} ms, ${(one.bytes / 1024).toFixed(0)} KiB in ${one.chunks} pieces, ${one.heldMs.toFixed(0)} ms`
			);
		}
		report.target(
			`${file}: longest wait of others, ${MANY} units ÷ ${FEW}`,
			found[1]!.heldMs / found[0]!.heldMs,
			{ atMost: 3 }
		);
	}
}
