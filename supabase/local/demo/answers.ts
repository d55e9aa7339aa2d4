// Generates the demo's answers. Owns the model; must not know how answers are stored.
//
// How many: per point and day a Poisson number with mean perDay x weekday x season. Counters work on working days
// (Tết and holidays closed), gates at weekends too. Season: a rush in the four weeks before Tết, a slow start
// after it, a little more at the end of each quarter.
//
// How content: a person has a latent satisfaction for each item,
//   z = base + point + deciding unit (B, D only) + item + season + 0.8 x person + 0.7 x noise,
// and chooses 5 above 1.15, 4 above 0, 3 above -0.85, 2 above -1.55, otherwise 1 (person and noise are standard
// normal). So the share of 4 and 5 is Φ((base + …) / 1.06): 84 % at 1.05, 76 % at 0.75, 92 % at 1.49. The person
// term makes the items of one form agree with each other, as real ones do.
//
// Each point and day is a random stream of its own: the same day has the same answers whenever it is loaded.

import { builtIn } from '../../../src/lib/questionnaire/built-in.ts';
import type { Item } from '../../../src/lib/questionnaire/version.ts';
import { commentFor } from './comments.ts';
import { FORMS, GROUPS } from './organisation.ts';
import type { DemoPoint } from './points.ts';
import { Random } from './random.ts';

/** One answer in the words of the demo; `group` is a code or null for "something else, or not sure". */
export interface DemoAnswer {
	group: string | null;
	moment: 'receive' | 'return' | 'other' | null;
	language: 'vi' | 'zh' | 'en';
	pressed_by: 'self' | 'helped' | 'staff' | null;
	ratings: (number | null)[];
	facts: Record<string, number[]>;
	comment: string | null;
	half_day: 'morning' | 'afternoon';
	pool: 'open' | 'verified';
	channel: 'qr' | 'kiosk' | 'link' | 'paper';
}

/** Days as "2026-02-16" on which offices are closed, and Saturdays worked; public.holidays of the country. */
export interface Calendar {
	off: Set<string>;
	worked: Set<string>;
}

const BASE = 1.1;
const DECIDING: Record<string, number> = { office: 0.15, planning: -0.2, business: 0.1, gates: 0 };
/** Conduct highest, complaints lowest; B1 (what is on display) and D1 (on time) lag within their dimension. */
const ITEM: Record<string, number> = {
	S0: 0.1,
	B0: -0.1,
	C0: 0.3,
	D0: -0.05,
	E0: -0.4,
	A1: 0.1,
	A2: 0,
	A3: -0.15,
	B1: -0.2,
	B2: 0,
	B3: 0.2,
	B4: -0.05,
	C1: 0.35,
	C2: 0.25,
	C3: 0.3,
	D1: -0.2,
	D2: 0.15,
	D3: 0.1,
	E1: -0.25,
	E2: -0.4,
	E3: -0.45
};
/** First day of Tết of the lunar years that a demo may reach. */
const TET = ['2025-01-29', '2026-02-17', '2027-02-06', '2028-01-26', '2029-02-13', '2030-02-03'];
const DAY = 86_400_000;

/** Days from `day` to the nearest Tết: negative before it. */
function daysFromTet(day: string): number {
	const distances = TET.map((tet) => (Date.parse(day) - Date.parse(tet)) / DAY);
	return distances.reduce((a, b) => (Math.abs(b) < Math.abs(a) ? b : a));
}

function crowd(day: string): number {
	const tet = daysFromTet(day);
	if (tet >= -28 && tet < -2) return 1.5;
	if (tet >= -2 && tet < 4) return 0.15;
	if (tet >= 4 && tet < 18) return 0.7;
	return [3, 6, 9, 12].includes(Number(day.slice(5, 7))) ? 1.1 : 1;
}

/** The rush before Tết costs satisfaction; over the months things get a little better. */
function mood(day: string): number {
	const tet = daysFromTet(day);
	const years = (Date.parse(day) - Date.parse('2025-10-01')) / DAY / 365;
	return 0.2 * Math.min(Math.max(years, 0), 2) - (tet >= -28 && tet < 0 ? 0.35 : 0);
}

function expected(point: DemoPoint, day: string, daysAgo: number, calendar: Calendar): number {
	const { perDay, weekend, openedDaysAgo } = point.model;
	if (openedDaysAgo !== undefined && daysAgo > openedDaysAgo) return 0;
	const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
	const free =
		calendar.off.has(day) || (!calendar.worked.has(day) && (weekday === 0 || weekday === 6));
	return perDay * crowd(day) * (free ? weekend : weekday === 1 ? 1.2 : 1);
}

function level(z: number): number {
	return z > 1.15 ? 5 : z > 0 ? 4 : z > -0.85 ? 3 : z > -1.55 ? 2 : 1;
}

/** An item's rating, its 0, or null for left blank. */
function rate(
	random: Random,
	item: Item,
	z: number,
	person: { moment: string | null; filed: boolean }
) {
	if (item.when === 'return' && person.moment !== 'return' && person.moment !== null) return 0;
	if (item.zero === 'not_filed' && !person.filed) {
		return item.code === 'E0' && random.chance(0.5) ? null : 0;
	}
	if (item.zero === 'no_fee' && random.chance(0.3)) return 0;
	if (item.zero === 'unknown' && random.chance(0.04)) return 0;
	return random.chance(item.code === 'S0' ? 0.01 : 0.03) ? null : level(z);
}

function chooseFacts(random: Random, point: DemoPoint, happy: boolean): Record<string, number[]> {
	const facts: Record<string, number[]> = {};
	const asked = FORMS[point.form].facts;
	if (asked.includes('F1') && random.chance(0.85)) {
		facts.F1 = [Number(random.weighted(happy ? { 1: 80, 2: 17, 3: 3 } : { 1: 40, 2: 42, 3: 18 }))];
	}
	if (asked.includes('O1') && random.chance(0.8)) facts.O1 = [random.chance(0.3) ? 1 : 2];
	if (asked.includes('F2') && random.chance(0.75)) {
		facts.F2 = [Number(random.weighted(happy ? { 1: 97, 2: 1, 3: 2 } : { 1: 88, 2: 5, 3: 7 }))];
	}
	if (asked.includes('I1') && random.chance(0.6)) {
		const choice = () =>
			Number(random.weighted({ 1: 28, 2: 18, 3: 4, 4: 8, 5: 7, 6: 12, 7: 8, 8: 16, 9: 9 }));
		facts.I1 = happy && random.chance(0.4) ? [10] : [...new Set([choice(), choice()])];
	}
	return facts;
}

function answer(random: Random, point: DemoPoint, day: string): DemoAnswer {
	const { model } = point;
	const groups = Object.fromEntries(point.groups.map((code, rank) => [code, 1 / (rank + 1)]));
	const chosen = random.weighted(groups);
	const group = point.groups.length > 1 && random.chance(0.04) ? null : chosen;
	const decides = GROUPS.find(({ code }) => code === group)?.decides ?? point.defaultDecides;
	const moment =
		point.moment !== 'both' ? point.moment : random.weighted({ receive: 50, return: 42, other: 8 });
	const language = random.weighted({ vi: 1 - model.zh - model.en, zh: model.zh, en: model.en });
	const filed = random.chance(0.09);
	const own = 0.8 * random.normal();
	const items = builtIn[point.form].items;
	const ratings = items.map((item) => {
		const deciding = /^[BD]/.test(item.code) ? (DECIDING[decides] ?? 0) : 0;
		const mean = BASE + model.level + deciding + (ITEM[item.code] ?? 0) + mood(day);
		return rate(random, item, mean + own + 0.7 * random.normal(), { moment, filed });
	});
	const overall = items.findIndex(({ code }) => code === 'S0');
	if (ratings.every((rating) => !rating)) ratings[overall] = level(BASE + own);
	const result = items.findIndex(({ code }) => code === 'D0');
	const happy = BASE + model.level + own > 0.4;
	const paper = point.offersPaper && random.chance(0.04);
	return {
		group,
		// The quick form has no question about it: it follows from D0 (texts 3.0).
		moment:
			point.form !== 'quick' || point.moment !== 'both'
				? moment
				: ratings[result]
					? 'return'
					: ratings[result] === 0
						? 'receive'
						: null,
		language,
		pressed_by: random.chance(0.12) ? null : random.weighted({ self: 90, helped: 8, staff: 2 }),
		ratings,
		facts: chooseFacts(random, point, happy),
		comment: random.chance(happy ? 0.04 : 0.14)
			? commentFor(random, point.wording, happy ? 'praise' : 'criticism', language)
			: null,
		half_day: random.chance(0.58) ? 'morning' : 'afternoon',
		pool: !paper && random.chance(model.verified) ? 'verified' : 'open',
		channel: paper ? 'paper' : point.kind === 'counter' ? 'qr' : point.kind
	};
}

/** All answers of one point on one day (`daysAgo` counts from today). */
export function answersOf(
	point: DemoPoint,
	day: string,
	daysAgo: number,
	calendar: Calendar
): DemoAnswer[] {
	const random = new Random(`lang-nghe demo 1 ${point.key} ${day}`);
	const count = random.poisson(expected(point, day, daysAgo, calendar));
	return Array.from({ length: count }, () => answer(random, point, day));
}
