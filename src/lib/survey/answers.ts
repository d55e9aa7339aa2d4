/**
 * One posted form read against one version: what was answered, or what is wrong and where.
 * Owns: field names, blanks, the logic of M0, EG and the moment, what is kept for a second try.
 * Must not know: HTTP, tickets, the database. SQL refuses the impossible again.
 */
import { z } from 'zod';
import type { Item, Version } from '$lib/questionnaire/version';
import { cleanComment, COMMENT_CHARACTERS } from './comment';

export type Moment = 'receive' | 'return' | 'other';
export type PressedBy = 'self' | 'helped' | 'staff';

/** What decides which questions a point's form has. */
export interface Asked {
	version: Version;
	moment: 'receive' | 'return' | 'both';
	procedureGroupIds: readonly string[];
}

/** One person's answers, ready to be stored. */
export interface Answers {
	procedureGroupId: string | null;
	moment: Moment | null;
	pressedBy: PressedBy | null;
	/** In item order: 1–5, 0 not applicable, null left blank. */
	ratings: (number | null)[];
	/** Fact code to 1-based choice numbers; blank ones are absent. */
	facts: Record<string, number[]>;
	comment: string | null;
}

export type FaultKey = 'no_rating' | 'impossible' | 'too_many' | 'comment_too_long';
export interface Fault {
	field: string;
	key: FaultKey;
}

/** What was typed, by field name, to show the form again; impossible values are left out. */
export type Kept = Record<string, string[]>;

export type ParsedAnswers =
	| { ok: true; answers: Answers; kept: Kept }
	| { ok: false; status: 413 | 422; faults: Fault[]; kept: Kept };

const PRESSED_BY = ['self', 'helped', 'staff'] as const;
const UNKNOWN_GROUP = 'unknown';

/** Whether the form of this point shows an item; hidden ones are stored as 0. */
export function isShown(item: Item, asked: Pick<Asked, 'moment'>): boolean {
	return item.when !== 'return' || asked.moment !== 'receive';
}

/** Whether the form asks M0: only where the point serves both moments. */
export function asksMoment(asked: Pick<Asked, 'moment' | 'version'>): boolean {
	return asked.version.asksMoment && asked.moment === 'both';
}

const oneOf = (values: readonly string[]) => z.enum(values as [string, ...string[]]).optional();
const numbersTo = (count: number) => Array.from({ length: count }, (_, index) => String(index + 1));

/** The schema of every field that this form has, by its name. */
function fieldSchemas({ version, moment, procedureGroupIds }: Asked): Map<string, z.ZodType> {
	const fields = new Map<string, z.ZodType>();
	const groups = [...procedureGroupIds, UNKNOWN_GROUP];
	if (groups.length > 1) fields.set('field', oneOf(groups));
	if (asksMoment({ version, moment })) fields.set('M0', oneOf(['receive', 'return', 'other']));
	for (const item of version.items) {
		if (!isShown(item, { moment })) continue;
		const isAsked = item.when === 'filed' && version.asksFiled;
		const levels = item.zero && !isAsked ? ['0', ...numbersTo(5)] : numbersTo(5);
		fields.set(item.code, oneOf(levels));
	}
	if (version.asksFiled) fields.set('EG', oneOf(['no', 'yes']));
	for (const fact of version.facts) {
		const choices = numbersTo(fact.choices.length);
		fields.set(
			fact.code,
			fact.max === 1
				? oneOf(choices)
				: z
						.array(z.enum(choices as [string, ...string[]]))
						.max(fact.max)
						.refine((chosen) => new Set(chosen).size === chosen.length)
		);
	}
	return fields;
}

/** Schemas are made once per form: making them costs more than using them. */
const schemasOf = new WeakMap<Asked, Map<string, z.ZodType>>();

function schemasFor(asked: Asked): Map<string, z.ZodType> {
	let schemas = schemasOf.get(asked);
	if (!schemas) schemasOf.set(asked, (schemas = fieldSchemas(asked)));
	return schemas;
}

/** Reads each field by its schema; a field posted twice where one value is asked is impossible. */
function readFields(form: FormData, asked: Asked) {
	const values = new Map<string, string | string[]>();
	const faults: Fault[] = [];
	const kept: Kept = {};
	const many = new Set(asked.version.facts.filter((fact) => fact.max > 1).map((fact) => fact.code));
	for (const [field, schema] of schemasFor(asked)) {
		const posted = form.getAll(field).filter((value) => value !== '');
		const isList = many.has(field as never);
		const result = schema.safeParse(isList ? posted : posted.length > 1 ? posted : posted[0]);
		if (!result.success) {
			const isTooMany = result.error.issues.every(({ code }) => code === 'too_big');
			faults.push({ field, key: isTooMany ? 'too_many' : 'impossible' });
			if (isTooMany) kept[field] = posted as string[];
		} else if (posted.length > 0) {
			values.set(field, result.data as string | string[]);
			kept[field] = posted as string[];
		}
	}
	return { values, faults, kept };
}

function readRatings({ version, moment }: Asked, values: Map<string, string | string[]>) {
	const came = values.get('M0');
	return version.items.map((item) => {
		const isElsewhere = item.when === 'return' && (came === 'receive' || came === 'other');
		const isUnfiled = item.when === 'filed' && version.asksFiled && values.get('EG') === 'no';
		if (!isShown(item, { moment }) || isElsewhere || isUnfiled) return 0;
		const value = values.get(item.code);
		return value === undefined ? null : Number(value);
	});
}

/** The point's own moment; else M0; else, in the quick form, what D0 tells. */
function readMoment(
	{ version, moment }: Asked,
	values: Map<string, string | string[]>,
	ratings: (number | null)[]
): Moment | null {
	if (moment !== 'both') return moment;
	if (version.asksMoment) return (values.get('M0') as Moment | undefined) ?? null;
	const results = ratings.filter((_, index) => version.items[index]?.when === 'return');
	if (results.some((rating) => rating !== null && rating > 0)) return 'return';
	return results.includes(0) ? 'receive' : null;
}

/**
 * Parses a posted form. Unknown fields are ignored; every field may be left out.
 * @returns the answers, or every fault with its field; in both cases what was typed
 */
export function parseAnswers(form: FormData, asked: Asked): ParsedAnswers {
	const { values, faults, kept } = readFields(form, asked);

	const typed = form.getAll('comment');
	const isText = typed.length <= 1 && typeof (typed[0] ?? '') === 'string';
	const comment = isText ? cleanComment((typed[0] as string | undefined) ?? '') : '';
	if (comment) kept.comment = [comment];
	if (!isText) faults.push({ field: 'comment', key: 'impossible' });
	if ([...comment].length > COMMENT_CHARACTERS) {
		faults.push({ field: 'comment', key: 'comment_too_long' });
	}

	const ratings = readRatings(asked, values);
	const hasRating = ratings.some((rating) => rating !== null && rating > 0);
	if (!hasRating && faults.every((fault) => fault.key === 'comment_too_long')) {
		const first = asked.version.items.find((item) => isShown(item, asked));
		faults.unshift({ field: first?.code ?? 'comment', key: 'no_rating' });
	}
	if (faults.length > 0) {
		const isOnlyLong = faults.every((fault) => fault.key === 'comment_too_long');
		return { ok: false, status: isOnlyLong ? 413 : 422, faults, kept };
	}

	const facts: Record<string, number[]> = {};
	for (const { code } of asked.version.facts) {
		if (code === 'H1') continue;
		const chosen = [values.get(code) ?? []].flat().map(Number);
		if (chosen.length > 0) facts[code] = chosen.sort((a, b) => a - b);
	}
	const group = values.get('field') as string | undefined;
	const pressed = values.get('H1');
	return {
		ok: true,
		kept,
		answers: {
			procedureGroupId: group && group !== UNKNOWN_GROUP ? group : null,
			moment: readMoment(asked, values, ratings),
			pressedBy: pressed ? (PRESSED_BY[Number(pressed) - 1] ?? null) : null,
			ratings,
			facts,
			comment: comment || null
		}
	};
}
