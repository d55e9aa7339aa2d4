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
}

/** Walks days in ascending order and gathers the monthly sums. */
export class ReleaseRule {
	readonly months: MonthSums = new Map();
	private readonly lines = new Map<string, Line>();
	private readonly commentLines = new Map<string, { persons: number; days: string[] }>();
	/** "point|pool|day" of every day whose comments are out, with the month they belong to. */
	readonly commentMonths = new Map<string, string>();

	/** @param rows The tallies of one day that the rule has reached */
	addDay(day: string, rows: Sums, strata: Map<number, LineStratum>): void {
		const touched = new Map<string, string>();
		for (const [key, values] of rows) {
			const [id, tally, code] = key.split('|') as [string, Tally, string];
			const stratum = strata.get(Number(id));
			if (!stratum) throw new Error(`there is no stratum ${id}`);
			const subject = tally === 'fact' ? code.split(':')[0] : code;
			const name = [
				stratum.point,
				stratum.pool,
				stratum.receiving,
				stratum.deciding,
				tally,
				subject
			].join('|');
			const line: Line = this.lines.get(name) ?? { persons: 0, rows: new Map() };
			this.lines.set(name, line);
			line.persons += personsOf(tally, code, values) ?? 0;
			const waiting = line.rows.get(key);
			line.rows.set(key, waiting ? waiting.map((value, n) => value + (values[n] ?? 0)) : values);
			touched.set(name, monthLabel(day, stratum.scheme));
		}
		for (const [name, month] of touched) {
			const line = this.lines.get(name) as Line;
			if (line.persons < 5) continue;
			for (const [key, values] of line.rows) this.addToMonth(`${month}|${key}`, values);
			this.lines.set(name, { persons: 0, rows: new Map() });
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
		const sums = this.months.get(key);
		this.months.set(
			key,
			values.map((value, n) => (sums?.[n] ?? 0n) + BigInt(value))
		);
	}
}
