/** What the database's refusals mean on the pages about members, in a sentence for the reader. */
import { m } from '$lib/i18n/paraglide/messages.js';

const SENTENCES: Record<string, () => string> = {
	not_signed_in: m.office_signed_out,
	not_allowed: m.office_not_yours,
	last_administrator: m.members_last_administrator,
	unknown_membership: m.members_gone,
	unknown_successor: m.members_choose_successor,
	unknown_invitation: m.members_invitation_gone,
	invitation_used: m.members_invitation_used,
	unknown_role: m.members_choose_role,
	impossible_email: m.account_email_wrong
};

/** The sentence for a key; undefined when the failure is ours. */
export function refusalSentence(key: string | undefined): string | undefined {
	return SENTENCES[key ?? '']?.();
}
