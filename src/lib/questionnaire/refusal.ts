/** What the database's refusals mean on the pages about questionnaires, in a sentence for the reader. */
import { m } from '$lib/i18n/paraglide/messages.js';
import type { DatabaseError } from '$lib/server/errors';

const FAULTS: Record<string, (code: string) => string> = {
	too_many: () => m.questionnaires_fault_too_many(),
	no_overall: () => m.questionnaires_fault_no_overall(),
	duplicate: (code) => m.questionnaires_fault_duplicate({ code }),
	text: (code) => m.questionnaires_fault_text({ code }),
	audio: (code) => m.questionnaires_fault_audio({ code }),
	reused: (code) => m.questionnaires_fault_reused({ code }),
	reason: () => m.questionnaires_reason_missing(),
	ethnicity: () => m.questionnaires_fault_ethnicity()
};

const SENTENCES: Record<string, () => string> = {
	not_signed_in: m.office_signed_out,
	not_allowed: m.questionnaires_not_yours,
	unknown_questionnaire: m.questionnaires_gone,
	unknown_version: m.questionnaires_gone,
	unknown_unit: m.questionnaires_gone,
	version_frozen: m.questionnaires_frozen,
	changed_meanwhile: m.questionnaires_changed,
	impossible_text: m.questionnaires_name_missing,
	no_questionnaire: m.questionnaires_none_left,
	questionnaire_unpublished: m.questionnaires_unpublished,
	audio_too_large: m.questionnaires_audio_large,
	audio_unknown: m.questionnaires_audio_unknown
};

function faultSentence(details: string | undefined): string {
	try {
		const { why, code } = JSON.parse(details ?? '') as { why: string; code?: string };
		return FAULTS[why]?.(code ?? '') ?? m.questionnaires_fault({ code: code ?? '' });
	} catch {
		return m.questionnaires_fault({ code: '' });
	}
}

/** The sentence for a refusal; undefined when the failure is ours. */
export function refusalSentence({ key, details }: DatabaseError): string | undefined {
	return key === 'impossible_definition' ? faultSentence(details) : SENTENCES[key ?? '']?.();
}
