/** What the database's refusals mean on the pages about comments and notes, in a sentence for the reader. */
import { m } from '$lib/i18n/paraglide/messages.js';

const SENTENCES: Record<string, () => string> = {
	not_signed_in: m.office_signed_out,
	not_allowed: m.comments_refused,
	unknown_comment: m.comments_gone,
	unknown_note: m.comments_note_gone,
	unknown_tag: m.comments_note_gone,
	unknown_unit: m.comments_note_gone,
	tag_exists: m.comments_tag_exists,
	impossible_name: m.comments_tag_wrong,
	impossible_reason: m.comments_unmask_reason_missing,
	unknown_owner: m.comments_mend_owner_wrong,
	impossible_text: m.comments_mend_title_missing,
	impossible_date: m.comments_done_on_wrong,
	malformed: m.comments_note_gone
};

/** The sentence for a key; undefined when the failure is ours. */
export function refusalOf(key: string | undefined): string | undefined {
	return SENTENCES[key ?? '']?.();
}
