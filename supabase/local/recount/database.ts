// What the recount reads, in one snapshot of the database. Everything that grows with the number of answers is read
// by day, and within a day in portions, so that memory stays flat.

import type { PeriodScheme } from '../../../src/lib/scoring/period.ts';
import { countResponse, TALLIES, type CountedItem, type Tally } from './count-response.ts';
import type { LineStratum, Sums } from './release-rule.ts';

export interface Stratum extends LineStratum {
	id: number;
	version: string;
	byOne: boolean;
}

const TABLES: Record<Tally, { day: string; month: string; flags: string; code: string }> = {
	rating: { day: 'rating_counts', month: 'rating_months', flags: 'flagged_ratings', code: 'item' },
	person: { day: 'person_sums', month: 'person_months', flags: 'flagged_persons', code: 'measure' },
	fact: {
		day: 'fact_counts',
		month: 'fact_months',
		flags: 'flagged_facts',
		code: `fact || ':' || choice`
	},
	item: { day: 'item_sums', month: 'item_months', flags: 'flagged_items', code: 'item' }
};
const PORTION = 2000;

/** Which days still have raw responses. */
export interface KeptFrom {
	holds(organisation: string, day: string): boolean;
}

/** A connection of the owner inside a transaction: that of `pg` or PGlite. */
export interface Connection {
	query(sql: string, values?: unknown[]): Promise<{ rows: unknown[] }>;
}

export class Snapshot {
	private readonly client: Connection;
	constructor(client: Connection) {
		this.client = client;
	}

	async rows<T extends object>(sql: string, values: unknown[] = []): Promise<T[]> {
		return (await this.client.query(sql, values)).rows as T[];
	}

	async strata(): Promise<Map<number, Stratum>> {
		const rows = await this.rows<Stratum>(
			`select s.id, s.organisation_id as organisation, o.scheme, s.service_point_id as point, s.pool,
				s.deciding_unit_id as deciding, s.receiving_unit_id as receiving, s.version_id as version,
				p.staffed_by = 'one' as "byOne"
			from private.strata as s
			join public.organisations as o on o.id = s.organisation_id
			join public.service_points as p on p.id = s.service_point_id`
		);
		return new Map(rows.map((row) => [row.id, row]));
	}

	/** Items by version, in the order of their position. */
	async items(): Promise<Map<string, CountedItem[]>> {
		const versions = new Map<string, CountedItem[]>();
		for (const { version, ...item } of await this.rows<CountedItem & { version: string }>(
			`select version_id as version, code, measure from private.version_items order by version_id, position`
		)) {
			versions.set(version, [...(versions.get(version) ?? []), item]);
		}
		return versions;
	}

	/** Days that hold answers or tallies, ascending. */
	async days(): Promise<string[]> {
		const tables = [...Object.values(TABLES).map(({ day }) => day), 'response_counts'];
		const unions = tables.map((table) => `union select day from private.${table}`).join(' ');
		const rows = await this.rows<{ day: string }>(
			`select day::text from (select counted_on as day from public.responses ${unions}) as d order by 1`
		);
		return rows.map(({ day }) => day);
	}

	/** The tallies of a day as stored. */
	async storedDay(day: string): Promise<Sums> {
		return new Map(
			(await this.stored('day', `day = $1`, [day])).map(({ key, values }) => [
				key,
				values.map(Number)
			])
		);
	}

	/** The flagged part of the tallies of a day as stored, under "rule|stratum|table|code". */
	async storedFlags(day: string): Promise<Sums> {
		const rows = await this.stored('flags', 'day = $1', [day]);
		return new Map(rows.map(({ key, values }) => [key, values.map(Number)]));
	}

	/** The same, of answers that belong to an exclusion only, under "exclusion/set|stratum|table|code". */
	async storedExcluded(day: string): Promise<Sums> {
		const of = new Map(
			(
				await this.rows<{ name: string; exclusion: string }>(
					`select rule || '|' || stratum_id as name, exclusion_id || '/' || set_id as exclusion
					from private.flagged_answers where day = $1 and exclusion_id is not null`,
					[day]
				)
			).map(({ name, exclusion }) => [name, exclusion])
		);
		const found: Sums = new Map();
		if (of.size === 0) return found;
		for (const [key, values] of await this.storedFlags(day)) {
			const [rule, stratum, ...rest] = key.split('|');
			const exclusion = of.get(`${rule}|${stratum}`);
			if (exclusion) found.set([exclusion, stratum, ...rest].join('|'), values);
		}
		return found;
	}

	/** The monthly sums as stored, under "month|stratum|table|code". */
	async storedMonths(): Promise<Map<string, bigint[]>> {
		const rows = await this.stored('month', 'true', []);
		return new Map(rows.map(({ key, values }) => [key, values.map(BigInt)]));
	}

	private async stored(level: 'day' | 'month' | 'flags', where: string, parameters: unknown[]) {
		const found: { key: string; values: string[] }[] = [];
		for (const [tally, table] of Object.entries(TABLES) as [Tally, (typeof TABLES)[Tally]][]) {
			const first = { day: '', month: `month || '|' || `, flags: `rule || '|' || ` }[level];
			const rows = await this.rows<{ key: string; values: string[] }>(
				`select ${first}stratum_id || '|${tally}|' || ${table.code} as key,
					array[${TALLIES[tally].map((column) => `${column}::text`).join(', ')}] as values
				from private.${table[level]} where ${where}`,
				parameters
			);
			found.push(...rows);
		}
		return found;
	}

	/** From which day each organisation's raw responses are still there. */
	async keptFrom(): Promise<KeptFrom> {
		const rows = await this.rows<{ organisation: string; day: string }>(
			`select organisation_id as organisation, raw_kept_from::text as day from private.retention`
		);
		const days = new Map(rows.map(({ organisation, day }) => [organisation, day]));
		return {
			holds(organisation, day) {
				const first = days.get(organisation) ?? '-infinity';
				return first === '-infinity' || day >= first;
			}
		};
	}

	/**
	 * The tallies of a day counted from its responses, how many responses each "point|pool" has, and the flagged
	 * part: tallies under "rule|stratum|table|code", answers under "rule|stratum".
	 * @param counts whose responses are counted at all
	 */
	async countedDay(
		day: string,
		strata: Map<number, Stratum>,
		items: Map<string, CountedItem[]>,
		counts: (organisation: string) => boolean
	) {
		const sums: Sums = new Map();
		const responses = new Map<string, number[]>();
		const flags: Sums = new Map();
		const flagged = new Map<string, number[]>();
		const add = (to: Sums, key: string, values: number[]) => {
			const known = to.get(key);
			if (known) values.forEach((value, n) => (known[n] = (known[n] ?? 0) + value));
			else to.set(key, [...values]);
		};
		interface Row {
			rule: string | null;
			stratum: number;
			ratings: (number | null)[];
			facts: Record<string, number[]> | null;
		}
		await this.rows(
			`declare answers cursor for
			select stratum_id as stratum, ratings, facts, quality_flags[1] as rule from public.responses where counted_on = '${day}'`
		);
		for (;;) {
			const portion = await this.rows<Row>(`fetch ${PORTION} from answers`);
			for (const { stratum, rule, ...response } of portion) {
				const of = strata.get(stratum);
				const asked = items.get(of?.version ?? '');
				if (of && !counts(of.organisation)) continue;
				if (!of || !asked) throw new Error(`a response of ${day} has no known stratum or version`);
				const point = `${of.point}|${of.pool}`;
				add(responses, point, [1]);
				if (rule) add(flagged, `${rule}|${stratum}`, [1]);
				countResponse(asked, response, (tally, code, values) => {
					const key = `${stratum}|${tally}|${code}`;
					add(sums, key, values);
					if (rule) add(flags, `${rule}|${key}`, values);
				});
			}
			if (portion.length < PORTION) break;
		}
		await this.rows('close answers');
		return { sums, responses, flags, flagged };
	}

	/** How many flagged answers a day has as stored, under "rule|stratum". */
	async storedFlagged(day: string): Promise<Map<string, number[]>> {
		const rows = await this.rows<{ name: string; n: number }>(
			`select rule || '|' || stratum_id as name, answers as n from private.flagged_answers where day = $1`,
			[day]
		);
		return new Map(rows.map(({ name, n }) => [name, [n]]));
	}

	/** Where exclusions took effect: "exclusion/set|line|month", as the release rule names lines here, and how many persons. */
	async leftOut(): Promise<Map<string, number>> {
		const rows = await this.rows<{ name: string; persons: number }>(
			`select concat_ws('|', exclusion_id || '/' || set_id, service_point_id, pool, receiving_unit_id, deciding_unit_id,
				case split_part(subject, ':', 1) when 'item' then 'rating' when 'measure' then 'person' when 'fact' then 'fact' else 'item' end,
				split_part(subject, ':', 2), month) as name, persons
			from private.left_out`
		);
		return new Map(rows.map(({ name, persons }) => [name, persons]));
	}

	async schemeOfPoints(): Promise<Map<string, { organisation: string; scheme: PeriodScheme }>> {
		const rows = await this.rows<{ point: string; organisation: string; scheme: PeriodScheme }>(
			`select p.id as point, o.id as organisation, o.scheme
			from public.service_points as p join public.organisations as o on o.id = p.organisation_id`
		);
		return new Map(rows.map(({ point, ...rest }) => [point, rest]));
	}
}
