/** Everything an import may say, in sentences: what a kind of file is, what is wrong with a file or with a row. */
import { m } from '$lib/i18n/paraglide/messages.js';
import { COLUMNS, type FileKind } from './columns';
import { FileProblem, type FileProblemKey } from './file-problem';
import type { RowProblem } from './rows';

export const kindLabel = (kind: FileKind | 'answers'): string =>
	({
		units: m.exchange_kind_units,
		points: m.exchange_kind_points,
		procedures: m.exchange_kind_procedures,
		members: m.exchange_kind_members,
		served: m.exchange_kind_served,
		answers: m.exchange_kind_answers
	})[kind]();

export const kindLine = (kind: FileKind): string =>
	({
		units: m.exchange_kind_units_line,
		points: m.exchange_kind_points_line,
		procedures: m.exchange_kind_procedures_line,
		members: m.exchange_kind_members_line,
		served: m.exchange_kind_served_line
	})[kind]();

const FILE_SENTENCES: Record<FileProblemKey, (inputs: { detail: string }) => string> = {
	empty: m.exchange_file_empty,
	encoding: m.exchange_file_encoding,
	quotes: m.exchange_file_quotes,
	old_excel: m.exchange_file_old_excel,
	not_a_table: m.exchange_file_not_a_table,
	too_large: m.exchange_file_too_large,
	too_many_rows: m.exchange_file_too_many_rows,
	too_many_columns: m.exchange_file_too_many_columns,
	no_header: m.exchange_file_no_header
};
export const fileSentence = ({ key, detail }: FileProblem): string =>
	FILE_SENTENCES[key]({ detail });

const ROW_SENTENCES: Record<string, (inputs: { value: string }) => string> = {
	missing: m.exchange_row_missing,
	too_long: m.exchange_row_too_long,
	unknown_word: m.exchange_row_unknown_word,
	impossible_date: m.exchange_row_impossible_date,
	impossible_number: m.exchange_row_impossible_number,
	impossible_email: m.exchange_row_impossible_email,
	too_many_groups: m.exchange_row_too_many_groups,
	unknown_unit: m.exchange_row_unknown_unit,
	refers_to_wrong_row: m.exchange_row_refers_to_wrong_row,
	unknown_point: m.exchange_row_unknown_point,
	unknown_procedure_group: m.exchange_row_unknown_group,
	new_group_needs_name: m.exchange_row_new_group_needs_name,
	out_of_reach: m.exchange_row_out_of_reach,
	unit_closed: m.exchange_row_unit_closed,
	unit_cycle: m.exchange_row_unit_cycle,
	root_unit: m.exchange_row_root_unit,
	twice_in_file: m.exchange_row_twice,
	duplicate_code: m.exchange_row_duplicate_code,
	duplicate_label: m.exchange_row_duplicate_label,
	impossible_code: m.exchange_row_impossible_code,
	no_questionnaire: m.exchange_row_no_questionnaire,
	future_day: m.exchange_row_future_day,
	text_too_long: m.exchange_row_too_long,
	name_missing: m.exchange_row_missing
};

/** Names that the rules of SQL give to what our files call otherwise. */
const FIELDS: Record<string, string> = {
	names_vi: 'name',
	names_en: 'name_en',
	names_zh: 'name_zh',
	labels_vi: 'label',
	labels_en: 'label_en',
	labels_zh: 'label_zh',
	parent_id: 'parent',
	unit_id: 'unit',
	deciding_unit_id: 'deciding',
	default_deciding_unit_id: 'deciding',
	procedure_group_id: 'group'
};

/** `Đơn vị cấp trên: không có đơn vị "X"`. */
export function rowSentence(kind: FileKind, { field, key, value }: RowProblem): string {
	const name = FIELDS[field] ?? field;
	const heading = COLUMNS[kind].find((column) => column.field === name)?.heading;
	const sentence = (ROW_SENTENCES[key] ?? m.exchange_row_refused)({ value: value ?? '' });
	return heading ? `${heading}: ${sentence}` : sentence.charAt(0).toUpperCase() + sentence.slice(1);
}

const ANSWER_SENTENCES: Record<string, () => string> = {
	no_place: m.exchange_row_no_place,
	no_rating: m.exchange_row_no_rating,
	impossible_moment: m.exchange_row_impossible_moment,
	impossible_date: m.exchange_row_no_day,
	impossible_rating: m.exchange_row_impossible_rating
};

/** Why a row of past answers cannot be recorded. */
export function answerRowSentence(key: string): string {
	const sentence = (ANSWER_SENTENCES[key] ?? m.exchange_row_refused)();
	return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}

/** The sentence for a refusal of the database, where the reader can do something about it. */
export function importRefusal(key: string | undefined, details = ''): string | undefined {
	const sentences: Record<string, () => string> = {
		not_allowed: m.office_not_yours,
		unknown_import: m.exchange_import_gone,
		import_elsewhere: m.exchange_import_elsewhere,
		already_imported: m.exchange_import_already,
		unknown_version: m.exchange_answers_columns_wrong,
		impossible_columns: m.exchange_answers_columns_wrong,
		impossible_values: m.exchange_answers_values_wrong,
		import_refused: m.exchange_import_refused,
		import_too_long: () => m.exchange_file_too_many_rows({ detail: details }),
		malformed: m.exchange_import_malformed
	};
	return sentences[key ?? '']?.();
}
