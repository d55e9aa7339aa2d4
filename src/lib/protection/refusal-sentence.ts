/** What the database's refusals mean on the pages about data protection, and which field they are about. */
import { refusalIn, type Refusals } from '$lib/forms/refused.server';
import { m } from '$lib/i18n/paraglide/messages.js';

const SENTENCES: Refusals = {
	not_signed_in: ['form', m.office_signed_out],
	not_allowed: ['form', m.office_not_yours],
	impossible_organisation: ['phone', m.protection_phone_missing],
	impossible_email: ['email', m.account_email_wrong],
	impossible_months: ['form', m.protection_months_wrong],
	impossible_hours: ['closes', m.calendar_hours_wrong],
	impossible_date: ['day', m.calendar_date_wrong],
	impossible_name: ['name', m.calendar_name_missing],
	day_released: ['day', m.calendar_released_why],
	day_listed: ['day', m.calendar_listed],
	day_changes_nothing: ['day', m.calendar_changes_nothing],
	unknown_day: ['form', m.calendar_gone],
	needs_second_person: ['form', m.archive_second],
	needs_other_role: ['form', m.archive_other_role],
	request_open: ['form', m.archive_open_already],
	request_over: ['form', m.archive_over],
	unknown_request: ['form', m.archive_unknown],
	archive_first: ['form', m.deletion_archive_first],
	cases_open: ['form', m.deletion_cases]
};

/** Field and sentence for a key; undefined when the failure is ours. */
export const refusal = (key: string | undefined) => refusalIn(SENTENCES, key);
