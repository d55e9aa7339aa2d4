/**
 * What a version of a questionnaire is: one zod schema for the JSON in questionnaire_versions.
 * Owns: items, dimensions, moments, the meaning of 0, optional facts. Must not know: how a form
 * looks, where answers go, how they are scored. Imports carry `.ts`: plain Node reads this too.
 */
import { z } from 'zod';

/** A text in the three languages; Vietnamese is the master, translations may be missing. */
export const localisedSchema = z.object({
	vi: z.string().min(1),
	zh: z.string().nullish(),
	en: z.string().nullish()
});

const wordingSchema = z.object({ text: z.string().min(1), help: z.string().min(1).optional() });

/** The words of an item per language: the sentence and, optionally, a small line under it. */
export const itemTextsSchema = z.object({
	vi: wordingSchema,
	zh: wordingSchema.optional(),
	en: wordingSchema.optional()
});

/** The five official dimensions and the overall question. */
export const dimensionSchema = z.enum([
	'overall',
	'access',
	'procedure',
	'conduct',
	'result',
	'complaints'
]);

/**
 * Whom an item is asked: everybody; people who came for a result (`return`: stored as 0 for the
 * others); people who filed a complaint (`filed`: stored as 0 for the others).
 */
export const whenSchema = z.enum(['always', 'return', 'filed']);

/** What 0 means for an item: the one reason why it may not apply. */
export const zeroSchema = z.enum(['result_pending', 'no_fee', 'unknown', 'not_filed']);

export const itemSchema = z.object({
	/** Stable code: S0, B0–E0 (quick series), A1–E99 (item series); its letter is the dimension's. */
	code: z.string().regex(/^(S0|[A-E](0|[1-9][0-9]?))$/),
	dimension: dimensionSchema,
	/** The series of figures it counts for; null = shown on its own line only (E1). */
	measure: z.enum(['S0', 'A', 'B', 'C', 'D', 'E', 'B0', 'C0', 'D0', 'E0']).nullable(),
	when: whenSchema,
	zero: zeroSchema.nullable(),
	texts: itemTextsSchema,
	/** The words at a border gate, where they differ. */
	gateTexts: itemTextsSchema.optional(),
	/** Address of a recording per language, or null while there is none. */
	audio: z.object({
		vi: z.string().nullable(),
		zh: z.string().nullable(),
		en: z.string().nullable()
	})
});

export const factSchema = z.object({
	/**
	 * F1 visits, F2 asked for more, I1 what to mend, O1 for whom, H1 who pressed; P1–P5 about the
	 * person, in bands (P5, the ethnic group, is sensitive data); Q1–Q9 an organisation's own.
	 */
	code: z.string().regex(/^(F1|F2|I1|O1|H1|P[1-5]|Q[1-9])$/),
	text: localisedSchema,
	/** A line under the question. */
	note: localisedSchema.optional(),
	/** Why it is asked, in the organisation's words: P5 is not asked without. */
	reason: z.string().optional(),
	choices: z.array(localisedSchema).min(2).max(30),
	/** How many choices may be taken. */
	max: z.union([z.literal(1), z.literal(3)])
});

export const blockSchema = z.object({
	/** The letter with which the codes of its items begin. */
	code: z.string().regex(/^[A-Z]$/),
	title: localisedSchema,
	note: localisedSchema.optional()
});

export const versionSchema = z.object({
	/** Identifier of the form: quick, nine, sixteen or an organisation's own slug. */
	form: z.string().regex(/^[a-z][a-z0-9-]{0,40}$/),
	/** Quick forms ask one question per dimension; both kinds share only S0. */
	series: z.enum(['quick', 'items']),
	/** How long it takes, as the form itself says. */
	seconds: z.union([z.literal(30), z.literal(60), z.literal(120)]),
	/** Whether M0 is asked where a point serves both moments. */
	asksMoment: z.boolean(),
	/** Whether EG ("have you filed?") comes before the items asked `filed`. */
	asksFiled: z.boolean(),
	blocks: z.array(blockSchema),
	/** In the order of `responses.ratings`, which is also the order on the page. */
	items: z.array(itemSchema).min(1).max(40),
	facts: z.array(factSchema),
	/** Languages whose translation no native speaker has checked. */
	unchecked: z.array(z.enum(['zh', 'en']))
});

export type Localised = z.infer<typeof localisedSchema>;
export type Version = z.infer<typeof versionSchema>;
export type Item = z.infer<typeof itemSchema>;
export type Fact = z.infer<typeof factSchema>;
export type Block = z.infer<typeof blockSchema>;
export type Dimension = z.infer<typeof dimensionSchema>;
export type Zero = z.infer<typeof zeroSchema>;
export type FactCode = Fact['code'];
