/**
 * Reads evidence and writes proposals. Who may see or do what, SQL decides; every function throws
 * DatabaseError with its key. Must not know: pages and texts.
 */
import type { SupabaseClient } from '@supabase/supabase-js';
import { z } from 'zod';
import { isMeasure } from '$lib/scoring/attribution';
import { dataOf } from '$lib/server/errors';
import { measureCellsOf } from '$lib/transparency/cells';
import { cellRow, periodRow, textsRow } from '$lib/transparency/result-rows';
import { EXCLUSION_STATES, type Evidence } from './evidence';
import { RULES } from './rules';

const rule = z.enum(RULES);
const count = z.number().int().nonnegative();
const amount = z.number();
const named = z.object({ id: z.uuid(), names: textsRow });
const point = z.object({ id: z.uuid(), labels: textsRow });

const withoutRow = z.object({
	rule,
	flagged: count,
	persons: count,
	top2_sum: amount,
	top2_squares: amount,
	mean_sum: amount,
	mean_squares: amount
});

const exclusionRow = z
	.object({
		id: z.uuid(),
		rule,
		period: z.string(),
		answers: count,
		state: z.enum(EXCLUSION_STATES),
		reason: z.string(),
		end_reason: z.string().nullable(),
		proposed_by: z.string().nullable(),
		end_proposed_by: z.string().nullable(),
		decided_by: z.string().nullable(),
		is_mine: z.boolean().nullable(),
		proposed_on: z.iso.date(),
		effective_on: z.iso.date().nullable(),
		ended_on: z.iso.date().nullable(),
		takes_effect: z.boolean(),
		unit: named,
		point: point.nullable()
	})
	.transform((row) => ({
		id: row.id,
		rule: row.rule,
		period: row.period,
		answers: row.answers,
		state: row.state,
		reason: row.reason,
		endReason: row.end_reason,
		proposedBy: row.proposed_by,
		endProposedBy: row.end_proposed_by,
		decidedBy: row.decided_by,
		isMine: row.is_mine ?? false,
		proposedOn: row.proposed_on,
		effectiveOn: row.effective_on,
		endedOn: row.ended_on,
		takesEffect: row.takes_effect,
		unit: row.unit,
		point: row.point
	}));

const evidenceRow = z.object({
	unit: named,
	period: periodRow.nullable(),
	periods: z.array(periodRow),
	excluded: count,
	places: z.array(z.object({ rule, answers: count, unit: named, point })),
	over_served: z.array(
		z.object({ unit: named, point, day: z.iso.date(), received: count, served: count })
	),
	measures: z.array(cellRow.and(z.object({ without: z.array(withoutRow) }))),
	exclusions: z.array(exclusionRow)
});

const unitRows = z.array(named.extend({ depth: count }));

/**
 * Flagged answers of a unit and period, its figures with and without them, and its exclusions.
 * @param period a period code; without it the running quarter
 * @throws DatabaseError not_allowed (403), unknown_period (422)
 */
export async function read(
	client: SupabaseClient,
	unit: string,
	period: string | null
): Promise<Evidence> {
	const asked = { p_unit: unit, p_period: period };
	const data = await dataOf('read evidence', client.rpc('read_evidence', asked));
	const { over_served, measures, ...row } = evidenceRow.parse(data);
	const cells = measureCellsOf(measures);
	return {
		...row,
		overServed: over_served,
		measures: measures
			.filter(({ measure }) => isMeasure(measure))
			.map(({ without }, at) => ({
				measure: cells[at]!.measure,
				cell: cells[at]!.cell,
				without: without.map(({ rule, flagged, persons, ...sums }) => ({
					rule,
					flagged,
					sums: {
						top2: { persons, sum: sums.top2_sum, squares: sums.top2_squares },
						mean: { persons, sum: sums.mean_sum, squares: sums.mean_squares }
					}
				}))
			}))
	};
}

/** Units whose evidence may be opened, in tree order. */
export async function listUnits(client: SupabaseClient, unit: string) {
	return unitRows.parse(await dataOf('list units', client.rpc('office_units', { p_unit: unit })));
}

export interface Proposal {
	unit: string;
	point: string | null;
	period: string;
	rule: string;
	reason: string;
}

/** @throws DatabaseError too_few_flagged, reason_missing, text_too_long, unknown_rule, unknown_period (422) */
export async function propose(
	client: SupabaseClient,
	{ unit, point, period, rule, reason }: Proposal
): Promise<void> {
	const asked = {
		p_unit: unit,
		p_point: point,
		p_period: period,
		p_rule: rule,
		p_reason: reason
	};
	await dataOf('propose exclusion', client.rpc('propose_exclusion', asked));
}

/** @throws DatabaseError second_person_needed (403), already_decided (409) */
export async function decide(client: SupabaseClient, id: string, agrees: boolean): Promise<void> {
	const asked = { p_exclusion: id, p_agrees: agrees };
	await dataOf('decide exclusion', client.rpc('decide_exclusion', asked));
}

/** @throws DatabaseError already_decided (409), reason_missing, text_too_long (422) */
export async function proposeEnd(
	client: SupabaseClient,
	id: string,
	reason: string
): Promise<void> {
	const asked = { p_exclusion: id, p_reason: reason };
	await dataOf('propose end of exclusion', client.rpc('propose_exclusion_end', asked));
}
