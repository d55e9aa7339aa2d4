/**
 * Rows of the public score functions as they come from SQL, checked by zod. Owns the snake_case
 * shapes and nothing else: results.server.ts turns them into values of the domain.
 */
import { z } from 'zod';
import { ZERO_REASONS } from './results';

export const textsRow = z.object({
	vi: z.string(),
	zh: z.string().nullish(),
	en: z.string().nullish()
});

export const periodRow = z.object({
	code: z.string(),
	kind: z.enum(['month', 'quarter', 'half', 'nine_months', 'year']),
	start: z.iso.date(),
	end: z.iso.date(),
	closed: z.boolean()
});

const count = z.number().int().nonnegative();
const amount = z.number().nonnegative();
const hidden = z.object({ state: z.literal('hidden'), longer_period: z.string().nullish() });

/** Sums and squares are whole, but squares may be larger than a double holds exactly. */
export const cellRow = z
	.discriminatedUnion('state', [
		z.object({
			state: z.enum(['shown', 'interval']),
			persons: count,
			top2_sum: amount,
			top2_squares: amount,
			mean_sum: amount,
			mean_squares: amount
		}),
		hidden
	])
	.and(z.object({ unit_id: z.uuid(), measure: z.string() }));

/** Among the cells comes item E1 of every unit: no measure, shown with the items of a unit. */
const cellRows = z
	.array(z.unknown())
	.transform((rows) => rows.filter((row) => !(row as { item?: string } | null)?.item))
	.pipe(z.array(cellRow));

export const itemRow = z
	.discriminatedUnion('state', [
		z.object({
			state: z.enum(['shown', 'interval']),
			n1: count,
			n2: count,
			n3: count,
			n4: count,
			n5: count,
			not_applicable: count.nullish()
		}),
		hidden
	])
	.and(z.object({ item: z.string() }));

export const itemTextsRow = z.record(
	z.string(),
	textsRow.extend({ zero: z.enum(ZERO_REASONS).nullish().catch(null) })
);

const place = z.object({ id: z.uuid(), names: textsRow });

/** Whose figures these are. */
export const organisationRow = place
	.extend({ is_demo: z.boolean() })
	.transform(({ is_demo, ...organisation }) => ({ ...organisation, isDemo: is_demo }));

/** One revision of a published period. */
export const publicationRow = z
	.object({
		id: z.uuid(),
		revision: z.number().int().positive(),
		is_latest: z.boolean(),
		published_on: z.iso.date(),
		reason: z.string().nullable()
	})
	.transform(({ is_latest, published_on, ...row }) => ({
		...row,
		isLatest: is_latest,
		publishedOn: published_on
	}));

const sides = cellRow.nullable();
const changesRow = z.object({
	before: count,
	changed: count,
	added: count,
	hidden: count,
	cells: z.array(z.object({ unit_id: z.uuid(), measure: z.string(), was: sides, is: sides }))
});

const commonRow = z.object({
	organisation: organisationRow,
	has_published: z.boolean(),
	publication: publicationRow.nullable(),
	revisions: z.array(publicationRow),
	changes: changesRow.nullish(),
	scheme: z.enum(['administrative', 'calendar']),
	/** Null while nothing is published (demo: released). */
	period: periodRow.nullable(),
	periods: z.array(periodRow),
	cells: cellRows,
	/** Left out of the figures after review; 0 or at least 5. */
	excluded: count.default(0),
	rates: z.array(z.object({ unit_id: z.uuid(), answered: count, served: count })).default([])
});

export const unitRow = place.extend({
	parent_id: z.uuid().nullable(),
	depth: count,
	receives: z.boolean(),
	decides: z.boolean()
});

export const organisationResultsRow = commonRow.extend({
	received: count,
	waiting: count,
	units: z.array(unitRow)
});

export const unitResultsRow = commonRow.extend({
	unit: place.extend({
		parent: place.nullish(),
		predecessors: z.array(place),
		successors: z.array(place),
		receives: z.boolean(),
		decides: z.boolean()
	}),
	items: z.array(itemRow),
	item_texts: itemTextsRow
});

export const organisationsRow = z.object({
	organisations: z.array(
		place.extend({
			is_demo: z.boolean(),
			results_visible: z.boolean(),
			points: z.array(z.object({ token: z.string(), labels: textsRow, unit: place })).nullish()
		})
	)
});
