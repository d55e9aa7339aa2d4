/**
 * The shapes of the open data, once: the OpenAPI page is made of them, and a test holds every answer against them.
 * Strict: an answer with a field that is not described is wrong, too.
 */
import { z } from 'zod';
import type { Score } from './scores';

const day = z.iso.date();
const percent = z.number().min(0).max(100).multipleOf(0.1);
const level = z.number().int().min(0).nullable();
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

export const score = z
	.strictObject({
		id: z.string().describe('Stable: period.revision/unit/subject/formula'),
		organisation_id: z.uuid(),
		organisation: z.string().describe('Its name when it published'),
		unit_id: z.uuid(),
		unit: z
			.string()
			.describe('Its name when it was published; a figure holds the unit with all below it'),
		period: z.string().regex(/^\d{4}-(M(0[1-9]|1[0-2])|Q[1-4]|H1|9M|Y)$/),
		start: day,
		end: day,
		revision: z.number().int().min(1),
		published_on: day,
		subject: z
			.string()
			.regex(/^(measure|item):[A-Z][A-Z0-9]{0,9}$/)
			.describe(
				'measure:S0 (overall), measure:A to E and B0 to E0 (dimensions), item:… (one question)'
			),
		formula: z.enum(['top2', 'mean']).describe('top2: share of 4 and 5; mean: mean ÷ 5 × 100'),
		state: z.enum(['shown', 'interval']).describe('interval: 10 to 29 persons, no point figure'),
		persons: z.number().int().min(10),
		value: percent.nullable().describe('Percent; null where only the interval is published'),
		low: percent,
		high: percent.describe('95 % interval (Wilson, with the effective number of persons)'),
		sum: z.number().int().nullable().describe('Sum over persons of their values, in millionths'),
		squares: z
			.string()
			.regex(/^\d+$/)
			.nullable()
			.describe('Sum of the squares of these values, in millionths²; text, as it may exceed 2⁵³'),
		n1: level,
		n2: level,
		n3: level,
		n4: level,
		n5: level.describe('Persons per level; items only')
	})
	.meta({ id: 'Score' }) satisfies z.ZodType<Score>;

export const scoresPage = z
	.strictObject({
		items: z.array(score),
		next: z.string().nullable().describe('Address of the next page; null on the last')
	})
	.meta({ id: 'ScoresPage' });

export const publication = z
	.object({
		id: z.uuid(),
		organisation_id: z.uuid(),
		organisation: z.string(),
		is_demo: z.boolean(),
		period: z.string(),
		kind: z.enum(['month', 'quarter', 'half', 'nine_months', 'year']),
		start: day,
		end: day,
		revision: z.number().int().min(1),
		is_latest: z.boolean(),
		published_on: day,
		reason: z.string().nullable().describe('Why a revision was made'),
		figures: z
			.number()
			.int()
			.describe('Shown figures of the whole publication, also those that are no scores'),
		method: z.string().describe('Version of the rules of scoring'),
		digest: sha256
			.nullable()
			.describe('SHA-256 of its scores as CSV without the header; null until made'),
		lines: z.number().int().nullable(),
		hashed_on: day.nullable().describe('The first day whose hash covers it')
	})
	.meta({ id: 'Publication' });

export const publicationsPage = z
	.strictObject({ items: z.array(publication) })
	.meta({ id: 'PublicationsPage' });

export const hashesPage = z
	.strictObject({
		algorithm: z.literal('SHA-256'),
		days: z.array(
			z.strictObject({
				day,
				previous: sha256.describe('The hash before; sixty-four zeros for the first'),
				hash: sha256,
				publications: z.number().int()
			})
		),
		publications: z.array(
			z.strictObject({
				id: z.uuid(),
				organisation_id: z.uuid(),
				period: z.string(),
				revision: z.number().int(),
				published_on: day,
				lines: z.number().int(),
				digest: sha256,
				hashed_on: day.nullable(),
				removed_on: day.nullable().describe('From this day on left out: its organisation has left')
			})
		)
	})
	.meta({ id: 'Hashes' });

export const problemShape = z
	.strictObject({
		error: z.string().describe('A key for programs'),
		message: z.string().describe('A sentence for people, in the language of Accept-Language'),
		parameter: z.string().optional()
	})
	.meta({ id: 'Problem' });
