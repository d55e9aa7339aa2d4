// Compares what was published with the recount: every cell of the newest revisions with the monthly sums it was copied
// from, and the digest of every revision with its rows, so that a change behind the back of the triggers shows.

import type { Snapshot } from './database.ts';
import type { Differences } from './differences.ts';

const COLUMNS = ['persons', 's1', 's2', 's3', 's4', 's5', 's6'] as const;

/**
 * @param counted sums of plain figures by "organisation period unit subject": persons, others, s1 to s6
 * @param moved organisations that are left out: their units moved since the last release
 * @returns how many cells were compared
 */
export async function comparePublished(
	snapshot: Snapshot,
	counted: ReadonlyMap<string, bigint[]>,
	moved: readonly string[],
	found: Differences
): Promise<number> {
	for (const { name } of await snapshot.rows<{ name: string }>(
		`select concat_ws(' ', p.organisation_id, p.period, 'revision', p.revision) as name
		from private.published_periods as p
		where p.digest <> (
			select encode(sha256(convert_to(coalesce(string_agg(l.words, E'\\n' order by l.unit_id, l.subject collate "C"), ''), 'UTF8')), 'hex')
			from (
				select f.unit_id, f.subject, private.published_line(f.unit_id, f.subject, f.persons, array[f.s1, f.s2, f.s3, f.s4, f.s5, f.s6], f.choices) as words
				from private.published_figures as f where f.publication_id = p.id
				union all
				select u.unit_id, 'unit', private.published_line(u.unit_id, 'unit', null, array[u.excluded, u.answered, u.served], null)
				from private.published_units as u where u.publication_id = p.id
			) as l)`
	)) {
		found.add(`what was published as ${name} is not what its digest covers`);
	}

	// Exclusions that took effect or ended since change the sums, and not what is out: that is what revisions are for.
	const rows = await snapshot.rows<{ name: string; values: (string | null)[] }>(
		`select concat_ws(' ', p.organisation_id, p.period, f.unit_id, f.subject) as name,
			array[${COLUMNS.map((column) => `f.${column}::text`).join(', ')}] as values
		from private.published_periods as p
		join private.published_figures as f on f.publication_id = p.id and f.is_shown
		where p.organisation_id <> all ($1) and not exists (
			select from private.published_periods as later
			where later.organisation_id = p.organisation_id and later.period = p.period and later.revision > p.revision)
			and not exists (
				select from private.exclusions as x
				where x.organisation_id = p.organisation_id
					and greatest(x.effective_on, x.ended_on) >= (p.published_at at time zone 'Asia/Ho_Chi_Minh')::date)`,
		[moved]
	);
	for (const { name, values } of rows) {
		const [persons = 0n, , ...sums] = counted.get(name) ?? [];
		found.row(
			`published ${name}`,
			COLUMNS,
			values.map((value) => BigInt(value ?? 0)),
			[persons, ...COLUMNS.slice(1).map((_, n) => sums[n] ?? 0n)]
		);
	}
	return rows.length;
}
