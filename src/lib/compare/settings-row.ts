/** Rows of what stands beside a comparison, as SQL gives them; shared by all who read targets. */
import { z } from 'zod';
import { MEASURES, type Measure } from '$lib/scoring/attribution';
import { textsRow } from '$lib/transparency/result-rows';
import type { CompareSettings } from './settings';

const dimension = z.enum(['overall', 'access', 'procedure', 'conduct', 'result', 'complaints']);

export const targetRow = z
	.object({
		unit_id: z.uuid(),
		dimension,
		permille: z.number().int(),
		period: z.string(),
		source: z.string(),
		set_at: z.object({ id: z.uuid(), names: textsRow })
	})
	.transform(({ unit_id, permille, set_at, ...rest }) => ({
		...rest,
		unitId: unit_id,
		target: permille / 1000,
		setAt: set_at
	}));

export const goalRow = z.object({
	id: z.uuid(),
	index: z.string(),
	year: z.number().int(),
	text: z.string(),
	source: z.string(),
	revision: z.number().int()
});

export const ownersRow = z.partialRecord(dimension, z.string()).nullable();

const explanationRow = z
	.object({
		unit_id: z.uuid(),
		measure: z.enum(MEASURES as unknown as [Measure, ...Measure[]]),
		revision: z.number().int(),
		versions: z.array(
			z.object({
				number: z.number().int(),
				text: z.string(),
				on: z.iso.date(),
				by: z.string().nullable()
			})
		)
	})
	.transform(({ unit_id, ...rest }) => ({ ...rest, unitId: unit_id }));

export const settingsRow = z.object({
	targets: z.array(targetRow),
	owners: ownersRow,
	goals: z.array(goalRow),
	explanations: z.array(explanationRow)
}) satisfies z.ZodType<CompareSettings>;
