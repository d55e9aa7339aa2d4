/**
 * The audit log's identifiers in the reader's words: actions, kinds of record, fields. What has no
 * word yet is shown as it is: a trace is better read raw than not at all.
 */
import { m } from '$lib/i18n/paraglide/messages.js';
import { isRole, roleLabel } from './roles';

export const AUDIT_ACTIONS: Record<string, () => string> = {
	insert: m.audit_insert,
	update: m.audit_update,
	delete: m.audit_delete,
	publish: m.audit_publish,
	unmask: m.comments_audit_unmask,
	tag: m.comments_audit_tag,
	sign_in: m.audit_sign_in,
	sign_out: m.audit_sign_out,
	sign_out_everywhere: m.audit_sign_out_everywhere,
	password_change: m.audit_password_change,
	email_change: m.audit_email_change,
	retention: m.audit_retention,
	audit_cut: m.audit_cut,
	download: m.audit_download,
	import: m.audit_import,
	revoke: m.audit_revoke,
	organisation_deleted: m.audit_organisation_deleted
};

export const AUDIT_RECORDS: Record<string, () => string> = {
	members: m.audit_members,
	invitations: m.audit_invitations,
	people: m.audit_people,
	organisations: m.audit_organisations,
	units: m.audit_units,
	unit_successions: m.audit_unit_successions,
	service_points: m.audit_service_points,
	replaced_tokens: m.audit_replaced_tokens,
	point_checks: m.audit_point_checks,
	procedure_groups: m.audit_procedure_groups,
	procedures: m.audit_procedures,
	questionnaires: m.audit_questionnaires,
	questionnaire_versions: m.audit_questionnaire_versions,
	holidays: m.audit_holidays,
	exclusions: m.audit_exclusions,
	audit_log: m.audit_log,
	archive_requests: m.audit_archive_requests,
	deletion_requests: m.audit_deletion_requests,
	comments: m.comments_audit_comments,
	tags: m.comments_audit_tags,
	improvements: m.comments_mend,
	done_notes: m.comments_done,
	alert_settings: m.audit_alert_settings,
	alerts: m.audit_alerts,
	imports: m.audit_imports,
	paper_batches: m.audit_paper_batches,
	served_counts: m.audit_served_counts,
	slip_batches: m.audit_slip_batches,
	published_periods: m.nav_publish,
	targets: m.audit_targets,
	owner_maps: m.audit_owner_maps,
	index_goals: m.audit_index_goals,
	report_plans: m.audit_report_plans,
	report_states: m.audit_report_states,
	report_outlines: m.audit_report_outlines,
	explanations: m.audit_explanations,
	webhooks: m.audit_webhooks,
	access_tokens: m.audit_access_tokens
};

const FIELDS: Record<string, () => string> = {
	role: m.audit_field_role,
	state: m.audit_field_state,
	end_reason: m.audit_field_reason,
	ended_at: m.audit_field_ended_at,
	file: m.audit_field_file,
	recorded: m.audit_field_recorded,
	opens_at: m.calendar_opens,
	closes_at: m.calendar_closes,
	email: m.audit_field_email,
	name: m.audit_field_name,
	names: m.audit_field_name,
	labels: m.audit_field_name,
	code: m.audit_field_code,
	token: m.audit_field_token,
	is_active: m.audit_field_is_active,
	inactive_reason: m.audit_field_reason,
	closed_reason: m.audit_field_reason,
	reason: m.audit_field_reason,
	phone: m.audit_field_phone,
	expires_at: m.audit_field_expires_at,
	accepted_at: m.audit_field_accepted_at,
	revoked_at: m.audit_field_revoked_at,
	active: m.audit_field_active,
	valid_to: m.audit_field_valid_to,
	published_at: m.audit_field_published_at,
	day: m.audit_field_day,
	works: m.audit_field_works,
	response_months: m.audit_field_response_months,
	comment_months: m.audit_field_comment_months,
	audit_months: m.audit_field_audit_months,
	responses: m.audit_field_responses,
	comments: m.audit_field_comments,
	accounts: m.audit_field_accounts,
	lines: m.audit_field_lines,
	before: m.audit_field_before,
	confirmed_at: m.audit_field_confirmed_at,
	ready_at: m.audit_field_ready_at,
	downloaded_at: m.audit_field_downloaded_at,
	withdrawn_at: m.audit_field_withdrawn_at,
	run_after: m.audit_field_run_after,
	stopped_at: m.audit_field_stopped_at
};

/** Columns that say nothing to a reader: keys and what the line tells elsewhere. */
const QUIET = /^(id|.*_id|.*_by|token_hash|created_at|since|sort|search|definition_sha256)$/;

function valueText(value: unknown): string {
	if (value === null || value === undefined) return m.audit_nothing();
	if (value === '•') return m.audit_hidden();
	if (typeof value === 'boolean') return value ? m.audit_yes() : m.audit_no();
	if (isRole(value)) return roleLabel(value);
	if (typeof value === 'object' && 'vi' in value) return String(value.vi);
	const text = typeof value === 'string' ? value : JSON.stringify(value);
	const time = /^(\d{4})-(\d{2})-(\d{2})T/.exec(text);
	if (time) return `${time[3]}/${time[2]}/${time[1]}`;
	return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}

/**
 * What changed, one entry per field, as `field: before → after`.
 * @returns `told`: fields that have a word here; `raw`: all others, for whoever looks closely
 */
export function changeTexts(
	changes: Record<string, unknown>,
	isUpdate: boolean
): { told: string[]; raw: string[] } {
	const told: string[] = [];
	const raw: string[] = [];
	for (const [field, value] of Object.entries(changes)) {
		if (QUIET.test(field)) continue;
		const label = FIELDS[field]?.();
		const text =
			isUpdate && Array.isArray(value) && value.length === 2
				? `${valueText(value[0])} → ${valueText(value[1])}`
				: valueText(value);
		(label ? told : raw).push(`${label ?? field}: ${text}`);
	}
	return { told, raw };
}
