/** The sentence for each thing that can be wrong with a form, in the reader's language. */
import { m } from '$lib/i18n/paraglide/messages.js';
import type { FaultKey } from './answers';
import type { ProblemKey } from './receive.server';

const FAULTS: Record<FaultKey, () => string> = {
	no_rating: m.error_no_rating,
	impossible: m.error_impossible,
	too_many: m.error_too_many,
	comment_too_long: m.error_comment_too_long
};

/** What is wrong with a field, and the mend. */
export function faultWord(key: FaultKey): string {
	return FAULTS[key]();
}

/** What is wrong with the form as a whole, where no field is to blame. */
export function problemWord(problem: ProblemKey): string {
	if (problem === 'busy') return m.error_busy();
	if (problem === 'too_many_posts') return m.error_too_many_posts();
	if (problem === 'ticket_stale') return m.error_ticket_stale();
	if (problem === 'comment_too_long') return m.error_comment_too_long();
	if (problem === 'code_used') return m.slip_code_used_meanwhile();
	if (problem === 'code_expired') return m.slip_code_expired_meanwhile();
	return m.error_impossible();
}
