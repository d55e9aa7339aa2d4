/** What the database's refusals mean on the pages of targets, owners, indices and explanations, and at which field. */
import { refusalIn, refusedForm, type Refusals } from '$lib/forms/refused.server';
import { m } from '$lib/i18n/paraglide/messages.js';

const SENTENCES: Refusals = {
	not_signed_in: ['form', m.office_signed_out],
	not_allowed: ['form', m.office_not_yours],
	impossible_target: ['level', m.targets_level_wrong],
	unknown_period: ['period', m.targets_choose],
	target_exists: ['form', m.targets_exists],
	unknown_target: ['form', m.targets_gone],
	unknown_goal: ['form', m.goals_gone],
	no_fall: ['form', m.falls_none],
	changed_meanwhile: ['form', m.form_changed_title]
};

/** The form back with the sentence at its field; throws what is not the reader's to mend. */
export const refused = (failure: unknown, form: FormData) =>
	refusedForm(failure, form, ({ key }) => refusalIn(SENTENCES, key));
