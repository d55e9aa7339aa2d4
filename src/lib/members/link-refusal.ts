/**
 * Why a link does not work any more, and what to do about it. Each reason has its own sentence: an
 * expired link is renewed, a used one means signing in, an unknown one may belong elsewhere.
 */
import { m } from '$lib/i18n/paraglide/messages.js';

const REASONS: Record<string, { title: () => string; advice: () => string }> = {
	unknown_invitation: { title: m.link_unknown, advice: m.link_unknown_advice },
	invitation_used: { title: m.link_used, advice: m.link_used_advice },
	invitation_expired: { title: m.link_expired, advice: m.link_expired_advice },
	invitation_revoked: { title: m.link_revoked, advice: m.link_revoked_advice },
	unknown_setup_link: { title: m.setup_unknown, advice: m.setup_unknown_advice },
	setup_link_used: { title: m.setup_used, advice: m.setup_used_advice },
	setup_link_expired: { title: m.setup_expired, advice: m.setup_expired_advice }
};

export interface LinkRefusal {
	title: string;
	advice: string;
}

/** The words for a key of the database; undefined when it is about something else. */
export function linkRefusal(key: string | undefined): LinkRefusal | undefined {
	const reason = REASONS[key ?? ''];
	return reason && { title: reason.title(), advice: reason.advice() };
}
