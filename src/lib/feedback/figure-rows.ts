/** Rows of office_results() and office_units() as they come from SQL, checked by zod. */
import { z } from 'zod';
import {
	cellRow,
	itemRow,
	itemTextsRow,
	organisationRow,
	periodRow,
	textsRow
} from '$lib/transparency/result-rows';

const count = z.number().int().nonnegative();
const named = z.object({ id: z.uuid(), names: textsRow });

const factRow = z
	.discriminatedUnion('state', [
		z.object({
			state: z.enum(['shown', 'interval']),
			persons: count,
			choices: z.record(z.string(), count)
		}),
		z.object({ state: z.literal('hidden'), longer_period: z.string().nullish() })
	])
	.and(z.object({ fact: z.string() }));

const figuresRow = z.object({
	cells: z.array(cellRow),
	items: z.array(itemRow),
	facts: z.array(factRow)
});
export type FiguresRow = z.infer<typeof figuresRow>;

/** Versions made elsewhere may have choices without words: those show their number. */
const choiceRow = z.union([textsRow, z.unknown().transform((value) => ({ vi: String(value) }))]);

export const officeResultsRow = z.object({
	organisation: organisationRow,
	scheme: z.enum(['administrative', 'calendar']),
	today: z.iso.date(),
	unit: named.extend({
		parent: named.nullable(),
		receives: z.boolean(),
		decides: z.boolean(),
		predecessors: z.array(named),
		successors: z.array(named)
	}),
	own_points: z.array(z.object({ id: z.uuid(), labels: textsRow })),
	units: z.array(named),
	received_today: count,
	waiting: count,
	points: z.array(
		z.object({ id: z.uuid(), labels: textsRow, unit: named, today: count, waiting: count })
	),
	period: periodRow.nullable(),
	before: periodRow.nullable(),
	periods: z.array(periodRow),
	excluded: count,
	rates: z.array(z.object({ answered: count, served: count })),
	now: figuresRow,
	earlier: figuresRow,
	item_texts: itemTextsRow,
	fact_texts: z.record(
		z.string(),
		z.object({
			text: textsRow.nullish().transform((text) => text ?? { vi: '' }),
			choices: z.array(choiceRow)
		})
	)
});

export const officeUnitsRow = z.array(named.extend({ depth: count }));
