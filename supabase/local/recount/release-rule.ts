// The release rule said again in plain TypeScript (design 5): per line, whole days wait until at least 5 persons are
// among them; then they belong to the reporting month of the day that completed them. Pure; knows no database.

import { monthHolding, type PeriodScheme } from '../../../src/lib/scoring/period.ts';
import type { Tally } from './count-response.ts';

/** Tally rows under the key "stratum|table|code". */
export type Sums = Map<string, number[]>;
/** Monthly sums under the key "month|stratum|table|code"; whole numbers beyond 2^53 occur. */
export type MonthSums = Map<string, bigint[]>;

export interface LineStratum {
	organisation: string;
	scheme: PeriodScheme;
	point: string;
	pool: string;
	receiving: string;
	deciding: string;
}

/** Persons that a row adds to its line; null where the row goes along but does not count (a fact's choices). */
function personsOf(tally: Tally, code: string, values: number[]): number | null {
	if (tally === 'rating') return values.slice(0, 5).reduce((sum, n) => sum + n, 0);
	if (tally === 'fact') return code.endsWith(':0') ? (values[0] ?? 0) : null;
	return values[0] ?? 0;
}

export const monthLabel = (day: string, scheme: PeriodScheme) => {
	const { year, number } = monthHolding(day, scheme);
	return `${year}-${String(number).padStart(2, '0')}-01`;
};

interface Line {
	persons: number;
	rows: Sums;
	/** Excluded rows among them, under "exclusion/set|key". */
	excluded: Sums;
}

/** What a set of an exclusion holds of one line in one month: persons, and its rows under "month|stratum|table|code". */
export interface ExcludedPart {
	persons: number;
	rows: MonthSums;
}

function add(sums: Sums, key: string, values: number[]): void {
	const known = sums.get(key);
	sums.set(key, known ? known.map((value, n) => value + (values[n] ?? 0)) : values);
}

function addTo(sums: MonthSums, key: string, values: bigint[]): void {
	const known = sums.get(key);
	sums.set(key, known ? known.map((value, n) => value + (values[n] ?? 0n)) : values);
}

/** The line of a row "stratum|table|code" and how many persons the row adds to it. */
function lineOf(key: string, values: number[], strata: Map<number, LineStratum>) {
	const [id, tally, code] = key.split('|') as [string, Tally, string];
	const stratum = strata.get(Number(id));
	if (!stratum) throw new Error(`there is no stratum ${id}`);
	const { point, pool, receiving, deciding } = stratum;
	const subject = tally === 'fact' ? code.split(':')[0] : code;
	const name = [point, pool, receiving, deciding, tally, subject].join('|');
	return { name, stratum, persons: personsOf(tally, code, values) ?? 0 };
}

/** Walks days in ascending order and gathers the monthly sums. */
export class ReleaseRule {
	readonly months: MonthSums = new Map();
	private readonly lines = new Map<string, Line>();
	private readonly commentLines = new Map<string, { persons: number; days: string[] }>();
	/** "point|pool|day" of every day whose comments are out, with the month they belong to. */
	readonly commentMonths = new Map<string, string>();
	/** Under "exclusion/set|line|month", the answers of an exclusion that the month holds. */
	readonly excluded = new Map<string, ExcludedPart>();
	/** Persons of every line and month, under "line|month". */
	readonly persons = new Map<string, number>();

	/**
	 * @param rows The tallies of one day that the rule has reached
	 * @param excluded Which of them belong to an exclusion, under "exclusion/set|stratum|table|code"
	 */
	addDay(
		day: string,
		rows: Sums,
		strata: Map<number, LineStratum>,
		excluded: Sums = new Map()
	): void {
		const touched = new Map<string, string>();
		for (const [key, values] of rows) {
			const { name, stratum, persons } = lineOf(key, values, strata);
			const line = this.lines.get(name) ?? { persons: 0, rows: new Map(), excluded: new Map() };
			this.lines.set(name, line);
			line.persons += persons;
			add(line.rows, key, values);
			touched.set(name, monthLabel(day, stratum.scheme));
		}
		for (const [key, values] of excluded) {
			const { name } = lineOf(key.slice(key.indexOf('|') + 1), values, strata);
			const line = this.lines.get(name);
			if (!line) throw new Error(`${key} of ${day} is excluded, but was never counted`);
			add(line.excluded, key, values);
		}
		for (const [name, month] of touched) {
			const line = this.lines.get(name) as Line;
			if (line.persons < 5) continue;
			for (const [key, values] of line.rows) this.addToMonth(`${month}|${key}`, values);
			const inMonth = `${name}|${month}`;
			this.persons.set(inMonth, (this.persons.get(inMonth) ?? 0) + line.persons);
			for (const [key, values] of line.excluded) this.noteExcluded(name, month, key, values);
			this.lines.set(name, { persons: 0, rows: new Map(), excluded: new Map() });
		}
	}

	private noteExcluded(line: string, month: string, key: string, values: number[]): void {
		const [exclusion = '', id, tally, code = ''] = key.split('|');
		const name = `${exclusion}|${line}|${month}`;
		const part = this.excluded.get(name) ?? { persons: 0, rows: new Map() };
		this.excluded.set(name, part);
		part.persons += personsOf(tally as Tally, code, values) ?? 0;
		addTo(part.rows, `${month}|${id}|${tally}|${code}`, values.map(BigInt));
	}

	/** Takes what an exclusion holds of a line and month out of the monthly sums. */
	leaveOut({ rows }: ExcludedPart): void {
		for (const [key, values] of rows) {
			const sums = this.months.get(key) ?? [];
			this.months.set(
				key,
				values.map((value, n) => (sums[n] ?? 0n) - value)
			);
		}
	}

	/** Comments wait for 5 responses of their point and pool. */
	addResponses(
		day: string,
		point: string,
		pool: string,
		responses: number,
		scheme: PeriodScheme
	): void {
		const name = `${point}|${pool}`;
		const line = this.commentLines.get(name) ?? { persons: 0, days: [] };
		line.persons += responses;
		line.days.push(day);
		if (line.persons >= 5) {
			for (const waited of line.days) {
				this.commentMonths.set(`${name}|${waited}`, monthLabel(day, scheme));
			}
			this.commentLines.delete(name);
		} else this.commentLines.set(name, line);
	}

	private addToMonth(key: string, values: number[]): void {
		addTo(this.months, key, values.map(BigInt));
	}
}
