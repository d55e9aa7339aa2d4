/** Runs what a button asked for; a refusal that has a sentence comes back with the page. */
import { fail } from '@sveltejs/kit';
import type { FormState } from '$lib/forms/parse-form';
import { DatabaseError } from '$lib/server/errors';
import { refusal } from './refusal-sentence';

/** @returns what `work` resolves to, or Kit's failure with `back` */
export async function refusedOr<T>(work: () => Promise<T>) {
	try {
		return await work();
	} catch (failure) {
		const known = failure instanceof DatabaseError ? refusal(failure.key) : undefined;
		if (!known || !(failure instanceof DatabaseError)) throw failure;
		const back: FormState = { values: {}, problems: { form: known.sentence } };
		return fail(failure.status, { back });
	}
}
