/** What the database's refusals mean on the pages of reports due and of the outline, and at which field. */
import { refusalIn, refusedForm, type Refusals } from '$lib/forms/refused.server';
import { m } from '$lib/i18n/paraglide/messages.js';

const SENTENCES: Refusals = {
	not_signed_in: ['form', m.office_signed_out],
	not_allowed: ['form', m.office_not_yours],
	future_day: ['sentOn', m.reports_future_day],
	day_before_period: ['sentOn', m.reports_day_before_period],
	impossible_date: ['sentOn', m.reports_date_wrong],
	impossible_text: ['recipient', m.reports_recipient_wrong],
	impossible_plan: ['form', m.reports_plan_wrong],
	unknown_period: ['form', m.reports_unknown_period],
	outline_too_large: ['file', m.reports_outline_too_large],
	impossible_outline: ['file', m.reports_outline_not_word]
};

/** The form back with the sentence at its field; throws what is not the reader's to mend. */
export const refused = (failure: unknown, form: FormData) =>
	refusedForm(failure, form, ({ key }) => refusalIn(SENTENCES, key));
