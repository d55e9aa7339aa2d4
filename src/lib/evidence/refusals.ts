/** What the database's refusals mean on the pages about evidence, in a sentence for the reader. */
import { m } from '$lib/i18n/paraglide/messages.js';

const SENTENCES: Record<string, () => string> = {
	not_signed_in: m.office_signed_out,
	not_allowed: m.office_not_yours,
	second_person_needed: m.evidence_second_person,
	already_decided: m.evidence_decided,
	unknown_exclusion: m.evidence_unknown,
	unknown_point: m.evidence_propose_gone,
	unknown_rule: m.evidence_unknown_rule,
	unknown_period: m.public_unknown_period,
	too_few_flagged: m.evidence_propose_gone,
	reason_missing: m.evidence_reason_missing,
	text_too_long: m.evidence_reason_long
};

/** The sentence for a key; undefined when the failure is ours. */
export function evidenceRefusal(key: string | undefined): string | undefined {
	return SENTENCES[key ?? '']?.();
}
