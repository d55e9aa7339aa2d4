/**
 * From the database's refusal to the form that comes back: the sentence at the field, what was typed kept.
 * Owns: which sentence belongs to which key on the set-up pages. Must not know: single pages.
 */
import { error } from '@sveltejs/kit';
import { refusedForm, type Refusal } from '$lib/forms/refused.server';
import { m } from '$lib/i18n/paraglide/messages.js';
import { DatabaseError } from '$lib/server/errors';

const SENTENCES: Record<string, () => string> = {
	not_signed_in: m.office_signed_out,
	not_allowed: m.office_not_yours,
	unknown_unit: m.units_refused_unknown_unit,
	unknown_point: m.units_refused_unknown_point,
	unknown_procedure: m.units_refused_unknown_procedure,
	unknown_procedure_group: m.units_refused_unknown_group,
	unknown_questionnaire: m.units_refused_unknown_questionnaire,
	unknown_person: m.units_refused_unknown_person,
	questionnaire_unpublished: m.units_refused_unknown_questionnaire,
	no_questionnaire: m.units_refused_no_questionnaire,
	duplicate_code: m.units_refused_duplicate_code,
	duplicate_label: m.units_refused_duplicate_label,
	unit_closed: m.units_refused_unit_closed,
	unit_has_points: m.units_refused_has_points,
	unit_has_units: m.units_refused_has_units,
	unit_decides: m.units_refused_decides,
	unit_in_use: m.units_refused_in_use,
	group_in_use: m.units_refused_group_in_use,
	root_unit: m.units_refused_root,
	unit_cycle: m.units_refused_cycle,
	successor_inside: m.units_refused_successor_inside,
	place_missing: m.units_refused_place_missing,
	too_few_units: m.units_refused_too_few,
	answers_after: m.units_refused_answers_after,
	name_missing: m.units_name_missing,
	code_missing: m.units_code_missing,
	reason_missing: m.units_reason_missing,
	vietnamese_missing: m.units_vietnamese_missing,
	text_too_long: m.units_too_long,
	too_many_groups: m.units_refused_too_many_groups,
	too_many_points: m.units_range_wrong,
	impossible_code: m.units_code_wrong,
	impossible_number: m.units_number_wrong,
	impossible_date: m.units_date_wrong,
	unknown_kind: m.units_kind_missing,
	changed_meanwhile: m.form_changed_title
};

/** Field names of SQL that the forms call otherwise. */
const FIELDS: Record<string, string> = {
	code: 'ref',
	default_deciding_unit_id: 'decides',
	deciding_unit_id: 'decides',
	procedure_group_id: 'group',
	questionnaire_id: 'questionnaire',
	staff_person_id: 'staff',
	unit_id: 'place',
	parent_id: 'parent',
	successor_id: 'successor',
	groups: 'group_1',
	inactive_reason: 'reason'
};

function fieldOf(details: string | undefined): string {
	try {
		const { field } = JSON.parse(details ?? '{}') as { field?: string };
		return FIELDS[field ?? ''] ?? field ?? 'form';
	} catch {
		return 'form';
	}
}

/** The sentence for a refusal; undefined when the failure is ours. */
export function refusalOf(failure: unknown): Refusal | undefined {
	if (!(failure instanceof DatabaseError)) return undefined;
	const sentence = SENTENCES[failure.key ?? '']?.();
	return sentence ? { field: fieldOf(failure.details), sentence } : undefined;
}

/** The form back with the sentence at its field; throws what is not the reader's to mend. */
export const refused = (failure: unknown, form: FormData, field?: string) =>
	refusedForm(failure, form, (refusal) => ({ ...refusalOf(refusal), ...(field && { field }) }));

/** Reads what a page is about; a refusal becomes the error page with its sentence. */
export async function orErrorPage<T>(reading: Promise<T>): Promise<T> {
	return reading.catch((failure: unknown) => {
		const refusal = refusalOf(failure);
		if (!refusal || !(failure instanceof DatabaseError)) throw failure;
		error(failure.status, { message: refusal.sentence });
	});
}
