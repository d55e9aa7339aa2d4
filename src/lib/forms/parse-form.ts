/**
 * Reads a posted form against one zod schema: values for the action, or the fields to mend with what
 * was typed. Owns: the shape that action, page and field components share. Must not know: any form.
 * (sveltekit-superforms was considered: these forms are short, work without JavaScript and need no
 * client state, so forty lines do; decision 008.)
 */
import type { z } from 'zod';

/** A form that came back: what was typed (never a password), and what to mend where. */
export interface FormState {
	values: Record<string, string>;
	/** Sentence by field name; `form` belongs to none. */
	problems: Record<string, string>;
}

export type Parsed<T> = { ok: true; data: T } | { ok: false; state: FormState };

const SECRET_FIELD = /password|code/i;

/** What was typed, for showing it again; fields with several values keep the last. */
export function typedValues(form: FormData): Record<string, string> {
	const values: Record<string, string> = {};
	for (const [name, value] of form) {
		if (typeof value === 'string' && !SECRET_FIELD.test(name)) values[name] = value;
	}
	return values;
}

/** Sentences of the schema are messages already: give them as functions evaluated per request. */
export function parseForm<T extends z.ZodType>(schema: T, form: FormData): Parsed<z.infer<T>> {
	const result = schema.safeParse(Object.fromEntries(form));
	if (result.success) return { ok: true, data: result.data };
	const problems: Record<string, string> = {};
	for (const { path, message } of result.error.issues) {
		problems[String(path[0] ?? 'form')] ??= message;
	}
	return { ok: false, state: { values: typedValues(form), problems } };
}

/** A form state with one more problem, for what only the server behind can tell. */
export function withProblem(form: FormData, field: string, sentence: string): FormState {
	return { values: typedValues(form), problems: { [field]: sentence } };
}
