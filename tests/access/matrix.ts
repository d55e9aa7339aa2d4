// Who may do what: the one readable file. Every table and function of the API × every role × every place.
//
// Places are seen from a member of unit "own" (a centre): the gate below it, a sister unit, the organisation above,
// another organisation ("foreign"). A word in a cell is a place where the role may; a place that is not named is
// refused, and the test tries both. A table or function of the database that is missing here fails the test.
// The table in docs/security.md is made from this file. Areas of the product (areas/) add their own lines.

import { AREAS } from './areas/index.ts';
import {
	ANYBODY,
	BY_ADMINISTRATORS,
	forMembers,
	HOUSE,
	INSIDE,
	NOBODY,
	SIGNED_IN,
	SUBTREE,
	type Cells
} from './places.ts';

/** Rows that may be read; nobody writes a table through the API, only through functions. */
export const READS: Record<string, Cells> = {
	organisations: forMembers(HOUSE),
	units: forMembers(INSIDE),
	unit_tree: forMembers(INSIDE),
	procedure_groups: forMembers(INSIDE),
	procedures: forMembers(INSIDE),
	questionnaires: forMembers(HOUSE),
	questionnaire_versions: forMembers(HOUSE),
	service_points: forMembers(SUBTREE),
	service_point_groups: forMembers(SUBTREE),
	holidays: forMembers(HOUSE),
	people: { administrator: SUBTREE, auditor: SUBTREE },
	members: { administrator: SUBTREE, auditor: SUBTREE },
	invitations: { administrator: SUBTREE },
	audit_log: { administrator: SUBTREE, auditor: SUBTREE },
	responses: NOBODY,
	response_comments: NOBODY,
	jobs: NOBODY,
	outbox: NOBODY,
	...Object.assign({}, ...AREAS.map(({ reads }) => reads))
};

/** Functions that may be called; "somewhere" functions take no unit and are decided once, at "own". */
export const CALLS: Record<string, Cells> = {
	health: ANYBODY,
	survey_form: ANYBODY,
	submit_responses: ANYBODY,
	public_organisations: ANYBODY,
	public_results: ANYBODY,
	public_unit_results: ANYBODY,
	read_invitation: ANYBODY,
	read_setup_link: ANYBODY,
	my_memberships: SIGNED_IN,
	note_event: SIGNED_IN,
	accept_invitation: SIGNED_IN,
	set_up_organisation: SIGNED_IN,
	invite: BY_ADMINISTRATORS,
	renew_invitation: BY_ADMINISTRATORS,
	revoke_invitation: BY_ADMINISTRATORS,
	end_membership: BY_ADMINISTRATORS,
	change_role: BY_ADMINISTRATORS,
	hand_over: BY_ADMINISTRATORS,
	list_members: { administrator: SUBTREE, auditor: SUBTREE },
	list_invitations: BY_ADMINISTRATORS,
	read_member: BY_ADMINISTRATORS,
	list_units: BY_ADMINISTRATORS,
	read_audit_log: { administrator: SUBTREE, auditor: SUBTREE },
	record_responses: NOBODY,
	release_figures: NOBODY,
	rebuild_tallies: NOBODY,
	roll_ticket_partitions: NOBODY,
	check_recording: NOBODY,
	claim_lease: NOBODY,
	new_setup_link: NOBODY,
	claim_job: NOBODY,
	report_job: NOBODY,
	finish_job: NOBODY,
	...Object.assign({}, ...AREAS.map(({ calls }) => calls))
};
