/**
 * A form that the database refused: it comes back with a sentence at its field and what was typed; a
 * failure without a sentence is ours and is passed on. Must not know: any key, any form.
 */
import { fail, type ActionFailure } from '@sveltejs/kit';
import { DatabaseError } from '$lib/server/errors';
import { withProblem, type FormState } from './parse-form';

/** At which field what is said; `form` is none. */
export interface Refusal {
	field: string;
	sentence: string;
}

/** Field and sentence by the database's key. */
export type Refusals = Readonly<Record<string, [field: string, sentence: () => string]>>;

/** What a key means; undefined when the failure is ours. */
export function refusalIn(refusals: Refusals, key: string | undefined): Refusal | undefined {
	const [field, sentence] = refusals[key ?? ''] ?? [];
	return field && sentence ? { field, sentence: sentence() } : undefined;
}

/**
 * The form back with the sentence at its field.
 * @param refusalOf what the failure means; without a sentence it is thrown on
 */
export function refusedForm(
	failure: unknown,
	form: FormData,
	refusalOf: (failure: DatabaseError) => Partial<Refusal> | undefined
): ActionFailure<{ back: FormState }> {
	if (!(failure instanceof DatabaseError)) throw failure;
	const { field = 'form', sentence } = refusalOf(failure) ?? {};
	if (!sentence) throw failure;
	return fail(failure.status, { back: withProblem(form, field, sentence) });
}
