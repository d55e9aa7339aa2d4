/**
 * What can go wrong between us and the database: one error class and one catalogue of keys.
 * SQL raises `PT4xx` with a stable key in `hint`; everything else is ours or the machine's fault.
 * Must not know: the words a reader sees (i18n), and never carries an answer's content.
 */

import { observeCall } from './metrics';

/** Every key that SQL may raise, with its HTTP status. */
export const DATABASE_ERROR_STATUS = {
	unknown_token: 404,
	unknown_point: 404,
	unknown_version: 404,
	unknown_procedure_group: 404,
	unknown_questionnaire: 404,
	unknown_audio: 404,
	unknown_organisation: 404,
	unknown_unit: 404,
	unknown_person: 404,
	unknown_procedure: 404,
	token_replaced: 410,
	duplicate_code: 409,
	duplicate_label: 409,
	unit_closed: 409,
	unit_has_points: 409,
	unit_has_units: 409,
	unit_decides: 409,
	unit_in_use: 409,
	group_in_use: 409,
	root_unit: 409,
	unit_cycle: 422,
	foreign_parent: 422,
	successor_inside: 422,
	place_missing: 422,
	too_few_units: 422,
	answers_after: 422,
	name_missing: 422,
	code_missing: 422,
	reason_missing: 422,
	vietnamese_missing: 422,
	text_too_long: 422,
	too_many_groups: 422,
	too_many_points: 422,
	impossible_code: 422,
	impossible_number: 422,
	unknown_kind: 422,
	unknown_moment: 422,
	unknown_wording: 422,
	unknown_staffing: 422,
	unknown_publication: 404,
	period_running: 409,
	nothing_changed: 409,
	published_is_frozen: 403,
	ticket_invalid: 409,
	ticket_stale: 409,
	version_frozen: 409,
	point_closed: 410,
	comment_too_long: 413,
	unknown_code: 404,
	code_used: 410,
	code_expired: 410,
	slips_made: 409,
	impossible_slips: 422,
	impossible_expiry: 422,
	no_paper_here: 422,
	paper_batch_moved_on: 409,
	paper_other_person: 409,
	paper_same_person: 409,
	paper_batch_full: 409,
	paper_batch_empty: 409,
	paper_unsettled: 409,
	audio_too_large: 413,
	no_rating: 422,
	impossible_rating: 422,
	impossible_fact: 422,
	impossible_moment: 422,
	impossible_text: 422,
	impossible_date: 422,
	future_day: 422,
	day_before_period: 422,
	impossible_served: 422,
	served_refused: 422,
	malformed: 422,
	unknown_period: 422,
	unknown_rule: 422,
	too_few_flagged: 422,
	unknown_exclusion: 404,
	already_decided: 409,
	second_person_needed: 403,
	no_questionnaire: 422,
	questionnaire_unpublished: 422,
	impossible_definition: 422,
	audio_unknown: 422,
	no_ticket_key: 503,
	not_signed_in: 401,
	not_allowed: 403,
	audit_append_only: 403,
	unknown_access_token: 404,
	unknown_import: 404,
	import_elsewhere: 409,
	already_imported: 409,
	impossible_columns: 422,
	impossible_values: 422,
	import_refused: 409,
	import_too_long: 422,
	unknown_import_kind: 422,
	unknown_invitation: 404,
	unknown_membership: 404,
	unknown_alert: 404,
	unknown_setup_link: 404,
	last_administrator: 409,
	invitation_used: 410,
	invitation_expired: 410,
	invitation_revoked: 410,
	setup_link_used: 410,
	setup_link_expired: 410,
	changed_meanwhile: 409,
	shortening_unconfirmed: 409,
	needs_second_person: 403,
	needs_other_role: 403,
	unknown_request: 404,
	request_open: 409,
	archive_first: 409,
	cases_open: 409,
	request_over: 410,
	day_released: 409,
	day_listed: 409,
	unknown_day: 404,
	impossible_hours: 422,
	impossible_months: 422,
	day_changes_nothing: 422,
	unknown_target: 404,
	target_exists: 409,
	impossible_target: 422,
	unknown_goal: 404,
	outline_too_large: 413,
	impossible_outline: 422,
	impossible_plan: 422,
	no_fall: 422,
	unknown_role: 422,
	impossible_email: 422,
	impossible_name: 422,
	impossible_note: 422,
	impossible_url: 422,
	unknown_setting: 422,
	unknown_comment: 404,
	unknown_tag: 404,
	unknown_note: 404,
	tag_exists: 409,
	impossible_reason: 422,
	unknown_owner: 422,
	unknown_successor: 422,
	impossible_organisation: 422,
	unknown_event: 422
} as const;

export type DatabaseErrorKey = keyof typeof DATABASE_ERROR_STATUS;

/** The part of a PostgREST error that we read. */
export interface RawDatabaseError {
	code?: string | null;
	hint?: string | null;
	details?: string | null;
}

const UNAVAILABLE_CODES = /^(08|53|57P0|PGRST00[0-3])/;
const RETRY_CODES = ['40001', '40P01'];

export class DatabaseError extends Error {
	override name = 'DatabaseError';
	/** The stable key SQL raised, if it is one of the catalogue. */
	readonly key: DatabaseErrorKey | undefined;
	/** HTTP status: 4xx by SQL's own word, 503 when the database is away, 500 otherwise. */
	readonly status: number;
	readonly code: string;
	/** Data that SQL sent along with the key (JSON text for `point_closed`); only set with a key. */
	readonly details: string | undefined;

	/**
	 * @param action what was tried, as a verb phrase: 'open survey form'
	 * @param raw the error as supabase-js gives it; its message is dropped on purpose, as Postgres
	 *   quotes the values it refuses and they must not reach a log
	 * @param httpStatus status of the HTTP answer, 0 when there was none
	 */
	constructor(action: string, raw: RawDatabaseError, httpStatus = 500) {
		const code = raw.code ?? '';
		const key =
			(raw.hint ?? '') in DATABASE_ERROR_STATUS ? (raw.hint as DatabaseErrorKey) : undefined;
		super(`${action}: ${key ?? (code || `HTTP ${httpStatus}`)}`);
		this.code = code;
		this.key = code.startsWith('PT') ? key : undefined;
		this.details = this.key ? (raw.details ?? undefined) : undefined;
		const isAway = httpStatus === 0 || httpStatus >= 502 || UNAVAILABLE_CODES.test(code);
		this.status = this.key ? DATABASE_ERROR_STATUS[this.key] : isAway ? 503 : 500;
	}

	/** Deadlock or serialization failure: the same call may succeed at once. */
	get isRetryable(): boolean {
		return RETRY_CODES.includes(this.code);
	}
}

/**
 * Awaits a supabase-js query and returns its data.
 * @param action what is tried, for the error
 * @throws DatabaseError
 */
export async function dataOf(
	action: string,
	query: PromiseLike<{ data: unknown; error: RawDatabaseError | null; status: number }>
): Promise<unknown> {
	const done = observeCall(action);
	const { data, error, status } = await query;
	done(error ? 'failed' : 'ok');
	if (error) throw new DatabaseError(action, error, status);
	return data;
}
