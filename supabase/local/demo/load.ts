// Loads the demo: the organisation, 400 days of answers up to yesterday through record_responses(), the numbers
// served, the release of their figures, the publication of closed periods, and DATA_DIR/demo.json last of all. `npm start` runs it before the door opens.
//
// May be killed at any moment: rows have fixed ids, and a batch of answers holds whole days and is one
// transaction, so the next run goes on with the day after the last one recorded.

import { join } from 'node:path';
import type { SupabaseClient } from '@supabase/supabase-js';
import type { Database, Json } from '../../../src/lib/server/database.types.ts';
import { createSecretClient } from '../../../src/lib/server/secret-client.ts';
import { writePrivately } from '../secrets.ts';
import { answersOf, type Calendar } from './answers.ts';
import { putNotes } from './notes.ts';
import { UNITS } from './organisation.ts';
import { POINTS } from './points.ts';
import { ids, putOrganisation } from './rows.ts';
import { putServed, type ServedDay } from './served.ts';

type Client = SupabaseClient<Database>;

const DAYS = 400;
/** Answers per transaction: enough to be quick, small enough for any limit on a request's size. */
const BATCH = 400;
const DAY_MS = 86_400_000;
/** Days; Tết with its week-ends is at most ten. */
const LONGEST_HOLIDAY = 14;

const dayBefore = (today: string, days: number) =>
	new Date(Date.parse(today) - days * DAY_MS).toISOString().slice(0, 10);

async function readCalendar(client: Client): Promise<Calendar> {
	const { data, error } = await client
		.from('holidays')
		.select('day, works')
		.is('organisation_id', null);
	if (error) throw new Error(`reading holidays: ${error.message}`);
	const days = (works: boolean) => data.filter((row) => row.works === works).map(({ day }) => day);
	return { off: new Set(days(false)), worked: new Set(days(true)) };
}

/** The last day before today that has answers; batches are recorded in the order of their days. */
async function lastRecordedDay(client: Client, today: string): Promise<string | undefined> {
	const { data, error } = await client
		.from('responses')
		.select('date')
		.lt('date', today)
		.order('date', { ascending: false })
		.limit(1);
	if (error) throw new Error(`reading responses: ${error.message}`);
	return data[0]?.date;
}

function itemsOf(day: string, daysAgo: number, calendar: Calendar): Json[] {
	return POINTS.flatMap((point) =>
		answersOf(point, day, daysAgo, calendar).map(({ group, ...answer }) => ({
			...answer,
			service_point_id: ids.point(point.key),
			version_id: ids.version(point.form),
			procedure_group_id: group === null ? null : ids.group(group),
			date: day
		}))
	);
}

/** @returns how many answers were recorded */
async function recordAnswers(client: Client, today: string): Promise<number> {
	const calendar = await readCalendar(client);
	const last = await lastRecordedDay(client, today);
	let recorded = 0;
	let items: Json[] = [];
	let shown = Date.now();
	for (let daysAgo = DAYS; daysAgo >= 1; daysAgo--) {
		const day = dayBefore(today, daysAgo);
		if (last === undefined || day > last) items.push(...itemsOf(day, daysAgo, calendar));
		if (items.length === 0 || (items.length < BATCH && daysAgo > 1)) continue;
		const { error } = await client.rpc('record_responses', { batch: { items } });
		if (error) throw new Error(`recording answers of ${day}: ${error.message} ${error.hint}`);
		recorded += items.length;
		items = [];
		if (Date.now() - shown > 2000) {
			shown = Date.now();
			console.log(`  … ${recorded} answers up to ${day}`);
		}
	}
	return recorded;
}

/** Numbers served of all days, after the answers: they follow from them. */
async function recordServed(client: Client, today: string): Promise<void> {
	const calendar = await readCalendar(client);
	const days: ServedDay[] = [];
	for (let daysAgo = DAYS; daysAgo >= 1; daysAgo--) {
		const day = dayBefore(today, daysAgo);
		const weekday = new Date(day).getUTCDay();
		const answers = new Map(
			POINTS.map((point) => [point.key, answersOf(point, day, daysAgo, calendar).length])
		);
		const isWorkingDay =
			calendar.worked.has(day) || (weekday > 0 && weekday < 6 && !calendar.off.has(day));
		days.push({ day, answers, isWorkingDay });
	}
	await putServed(client, days);
}

/** Releases as the worker did on the last working day: whoever starts the demo on a Sunday sees figures, too. */
async function releaseFigures(client: Client, today: string): Promise<void> {
	for (let back = 0; back < LONGEST_HOLIDAY; back++) {
		const { data, error } = await client.rpc('release_figures', {
			p_today: dayBefore(today, back)
		});
		if (error) throw new Error(`releasing figures: ${error.message}`);
		// On a day off nothing is released, nor when an interrupted run released already.
		if ((data as { blocks: number }).blocks > 0) return;
	}
}

async function writeDemoFile(client: Client, dataDir: string, url: string): Promise<void> {
	const { data, error } = await client
		.from('service_points')
		.select('id, token')
		.eq('organisation_id', ids.organisation);
	if (error) throw new Error(`reading service points: ${error.message}`);
	const tokens = new Map(data.map(({ id, token }) => [id, token]));
	const servicePoints = POINTS.map((point) => ({
		unit: UNITS.find(({ key }) => key === point.unit)?.names.vi ?? '',
		label: point.labels.vi,
		url: `${url}/s/${tokens.get(ids.point(point.key))}`
	}));
	writePrivately(
		join(dataDir, 'demo.json'),
		`${JSON.stringify({ url, servicePoints, accounts: [] }, null, '\t')}\n`
	);
}

async function main(): Promise<void> {
	const { DATA_DIR: dataDir, PUBLIC_URL: url } = process.env;
	if (!dataDir || !url) throw new Error('DATA_DIR and PUBLIC_URL are needed');
	const began = performance.now();
	const seconds = () => ((performance.now() - began) / 1000).toFixed(1);
	const client = createSecretClient(process.env);
	// The office's today, whatever the zone of this machine.
	const today = new Date().toLocaleDateString('sv-SE', { timeZone: 'Asia/Ho_Chi_Minh' });

	await putOrganisation(client);
	console.log(
		`  … ${UNITS.length + 1} units and ${POINTS.length} service points after ${seconds()} s`
	);
	const recorded = await recordAnswers(client, today);
	console.log(`  … ${recorded} answers of ${DAYS} days after ${seconds()} s`);
	await recordServed(client, today);
	await putNotes(client, today);
	await releaseFigures(client, today);
	console.log(`  … figures released after ${seconds()} s`);
	const published = await client.rpc('publish_demo');
	if (published.error) throw new Error(`publishing closed periods: ${published.error.message}`);
	await writeDemoFile(client, dataDir, url.replace(/\/+$/, ''));
	console.log(`  … closed periods published after ${seconds()} s`);
}

try {
	await main();
} catch (error) {
	console.error(`The demo could not be loaded: ${(error as Error).message}`);
	process.exitCode = 1;
}
