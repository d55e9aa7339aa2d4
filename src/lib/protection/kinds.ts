/**
 * Which kinds of data this product keeps, and what is said about each: what, why, on which ground, how
 * long, who sees it. One list, shown to administrators and leaders with their organisation's own times.
 */
import { m } from '$lib/i18n/paraglide/messages.js';

/** Times in months that an organisation sets itself. */
export interface Times {
	responses: string;
	comments: string;
	audit: string;
}

export interface Kind {
	title: string;
	/** How long it is kept. */
	time: string;
	what: string;
	facts: { label: string; text: string }[];
}

const kind = (
	title: string,
	what: string,
	[why, ground, time, who]: [why: string, ground: string, time: string, who: string]
): Kind => ({
	title,
	time,
	what,
	facts: [
		{ label: m.protection_why(), text: why },
		{ label: m.protection_ground(), text: ground },
		{ label: m.protection_who(), text: who }
	]
});

/** All kinds, those about citizens first. */
export function kinds(times: Times): Kind[] {
	return [
		kind(m.protection_answers(), m.protection_answers_what(), [
			m.protection_answers_why(),
			m.protection_answers_ground(),
			m.protection_answers_time({ months: times.responses }),
			m.protection_answers_who()
		]),
		kind(m.protection_comments(), m.protection_comments_what(), [
			m.protection_comments_why(),
			m.protection_comments_ground(),
			m.protection_comments_time({ months: times.comments }),
			m.protection_comments_who()
		]),
		kind(m.protection_tickets(), m.protection_tickets_what(), [
			m.protection_tickets_why(),
			m.protection_ground_none(),
			m.protection_tickets_time(),
			m.protection_nobody()
		]),
		kind(m.protection_codes(), m.protection_codes_what(), [
			m.protection_codes_why(),
			m.protection_ground_none(),
			m.protection_codes_time(),
			m.protection_nobody()
		]),
		kind(m.protection_contacts(), m.protection_contacts_what(), [
			m.protection_contacts_why(),
			m.protection_contacts_ground(),
			m.protection_contacts_time(),
			m.protection_contacts_who()
		]),
		kind(m.protection_accounts(), m.protection_accounts_what(), [
			m.protection_accounts_why(),
			m.protection_accounts_ground(),
			m.protection_accounts_time(),
			m.protection_accounts_who()
		]),
		kind(m.protection_audit(), m.protection_audit_what(), [
			m.protection_audit_why(),
			m.protection_audit_ground(),
			m.protection_audit_time({ months: times.audit }),
			m.protection_audit_who()
		]),
		kind(m.protection_logs(), m.protection_logs_what(), [
			m.protection_logs_why(),
			m.protection_ground_none(),
			m.protection_logs_time(),
			m.protection_operator()
		]),
		kind(m.protection_backups(), m.protection_backups_what(), [
			m.protection_backups_why(),
			m.protection_backups_ground(),
			m.protection_backups_time(),
			m.protection_backups_who()
		])
	];
}
