/** The record as it is now, from the database's refusal of an edit that began earlier. */
import type { z } from 'zod';
import { DatabaseError } from '$lib/server/errors';

/**
 * @param schema of the record in the details (private.require_revision)
 * @returns undefined when the failure is another one
 */
export function recordNow<T extends z.ZodType>(
	failure: unknown,
	schema: T
): z.infer<T> | undefined {
	if (!(failure instanceof DatabaseError) || failure.key !== 'changed_meanwhile') return undefined;
	return schema.parse(JSON.parse(failure.details ?? 'null'));
}
