// Recomputes the plain cells of private.figures from monthly sums: per unit with all below it, per listed period,
// with attribution (design 5). Whether a cell is shown is the attacker's business (tests/database).

import {
	formatPeriod,
	longerPeriods,
	monthsOf,
	parsePeriod,
	rangeOf,
	type PeriodScheme
} from '../../../src/lib/scoring/period.ts';
import type { Snapshot, Stratum } from './database.ts';
import type { Differences } from './differences.ts';
import type { MonthSums } from './release-rule.ts';

const COLUMNS = ['persons', 'others', 's1', 's2', 's3', 's4', 's5', 's6'] as const;

interface Link {
	ancestor: string;
	descendant: string;
	from: string;
	to: string | null;
}

/** Codes of all listed periods that hold the reporting month with this label ("2026-03-01"). */
function periodsOf(label: string): string[] {
	const month = parsePeriod(`${label.slice(0, 4)}-M${label.slice(5, 7)}`);
	if (!month) throw new Error(`${label} is no month`);
	return [month, ...longerPeriods(month)].map(formatPeriod);
}

const lastDay = (code: string, scheme: PeriodScheme) => {
	const period = parsePeriod(code);
	if (!period) throw new Error(`${code} is no period`);
	return rangeOf({ ...period, kind: 'month', number: monthsOf(period).last }, scheme).end;
};

/** Subject and sums of a monthly row as figures hold them, or null for rows that are in no figure. */
function asFigure(
	tally: string,
	code: string,
	values: bigint[]
): { subject: string; sums: bigint[] } | null {
	switch (tally) {
		case 'rating':
			return {
				subject: `item:${code}`,
				sums: [values.slice(0, 5).reduce((sum, n) => sum + n, 0n), ...values.slice(0, 6)]
			};
		case 'person':
			return { subject: `measure:${code}`, sums: values };
		case 'fact':
			return {
				subject: code.endsWith(':0') ? `fact:${code.split(':')[0]}` : `choice:${code}`,
				sums: values
			};
		case 'item': {
			// Persons, w, then the sums of top2: wy, y, yy, yo, o, oo.
			const [persons = 0n, w = 0n, , y = 0n, , yo = 0n, o = 0n] = values;
			return { subject: `association:${code}`, sums: [persons, w, y, yo, o] };
		}
		default:
			return null;
	}
}

/**
 * Compares every plain figure with the monthly sums, except those of `moved` organisations. `months` are the recounted
 * ones; returned are the figures made of them.
 */
export async function compareFigures(
	snapshot: Snapshot,
	strata: Map<number, Stratum>,
	months: MonthSums,
	moved: readonly string[],
	found: Differences
): Promise<{ figures: number; counted: ReadonlyMap<string, bigint[]> }> {
	const links = await snapshot.rows<Link>(
		`select ancestor_id as ancestor, descendant_id as descendant, valid_from::text as from, valid_to::text as to from public.unit_tree`
	);
	const above = new Map<string, Link[]>();
	for (const link of links) {
		above.set(link.descendant, [...(above.get(link.descendant) ?? []), link]);
	}
	const ancestors = (unit: string, day: string) =>
		(above.get(unit) ?? [])
			.filter(({ from, to }) => (from === '-infinity' || from <= day) && (to === null || to > day))
			.map(({ ancestor }) => ancestor);

	const counted = new Map<string, bigint[]>();
	for (const [key, values] of months) {
		const [label, id, tally, code] = key.split('|') as [string, string, string, string];
		const stratum = strata.get(Number(id));
		const figure = asFigure(tally, code, values);
		if (!stratum || !figure || stratum.pool === 'imported') continue;
		if (moved.includes(stratum.organisation)) continue;
		const { subject, sums } = figure;
		const unit = /^(measure|item|association):[BD]/.test(subject)
			? stratum.deciding
			: stratum.receiving;
		const [persons = 0n, ...rest] = sums;
		const cell = [persons, stratum.byOne ? 0n : persons, ...rest];
		for (const period of periodsOf(label)) {
			for (const ancestor of ancestors(unit, lastDay(period, stratum.scheme))) {
				const name = `${stratum.organisation} ${period} ${ancestor} ${subject}`;
				const known = counted.get(name);
				counted.set(name, known ? known.map((value, n) => value + (cell[n] ?? 0n)) : cell);
			}
		}
	}

	const stored = new Map<string, bigint[]>();
	for (const row of await snapshot.rows<{
		name: string;
		shown: boolean;
		values: (string | null)[];
	}>(
		`select organisation_id || ' ' || period || ' ' || unit_id || ' ' || subject as name, is_shown as shown,
			array[${COLUMNS.map((column) => `${column}::text`).join(', ')}] as values
		from private.figures where cross_kind = 'none' and organisation_id <> all ($1)`,
		[moved]
	)) {
		stored.set(
			row.name,
			row.values.map((value) => BigInt(value ?? 0))
		);
		if (row.shown && Number(row.values[0]) < 10) {
			found.add(`figure ${row.name} is shown with ${row.values[0]} persons`);
		}
	}
	found.maps('figure', () => COLUMNS, stored, counted);
	return { figures: stored.size, counted };
}
