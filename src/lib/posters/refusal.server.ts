/** What the database's refusals mean on the pages where somebody prints or keys, in a sentence. */
import { m } from '$lib/i18n/paraglide/messages.js';
import { DatabaseError } from '$lib/server/errors';

const SENTENCES: Record<string, () => string> = {
	not_signed_in: m.office_signed_out,
	not_allowed: m.office_not_yours,
	point_closed: m.print_point_closed,
	impossible_moment: m.print_wrong_moment,
	impossible_slips: m.slips_wrong_count,
	impossible_expiry: m.slips_wrong_expiry,
	slips_made: m.slips_made_before,
	no_paper_here: m.paper_not_here,
	impossible_date: m.paper_wrong_day,
	unknown_procedure_group: m.paper_wrong_field,
	no_rating: m.paper_no_rating,
	impossible_rating: m.paper_wrong_value,
	impossible_fact: m.paper_wrong_value,
	comment_too_long: m.error_comment_too_long,
	paper_batch_moved_on: m.paper_moved_on,
	paper_other_person: m.paper_other_person,
	paper_same_person: m.paper_same_person,
	paper_batch_full: m.paper_full,
	paper_batch_empty: m.paper_empty,
	paper_unsettled: m.paper_unsettled
};

/** Why a kept sheet cannot be recorded as things stand now. */
export const sheetRefusal = (key: string): string => (SENTENCES[key] ?? m.paper_wrong_value)();

/** The sentence for a failure; undefined when it is ours. */
export function printRefusal(failure: unknown): string | undefined {
	return failure instanceof DatabaseError ? SENTENCES[failure.key ?? '']?.() : undefined;
}
