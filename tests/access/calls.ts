// Arguments with which the access matrix calls each function at a place: good enough to get past the question of
// rights, made fresh where a call uses something up. A bogus token or ticket shows that the call was let in.

import type { Arguments, MakeArguments } from './areas/area.ts';
import { AREAS } from './areas/index.ts';
import type { Fixture } from './fixture.ts';
import type { Place } from './places.ts';

const BOGUS = 'x'.repeat(32);
const NOTHING = '00000000-0000-4000-8000-000000000000';

const MAKERS: Record<string, MakeArguments> = {
	survey_form: (place, { tokenOf }) => ({ p_token: tokenOf[place] }),
	submit_responses: () => ({ batch: { items: [{ ticket: BOGUS }] } }),
	record_responses: () => ({ batch: { items: [{}] } }),
	public_results: (place, { units }) => ({ p_organisation: units[place] }),
	public_unit_results: (place, { units }) => ({ p_unit: units[place] }),
	read_invitation: () => ({ p_token: BOGUS }),
	read_setup_link: () => ({ p_token: BOGUS }),
	note_event: () => ({ p_action: 'sign_in' }),
	accept_invitation: () => ({ p_token: BOGUS, p_name: 'Người thử' }),
	set_up_organisation: () => ({ p_token: BOGUS, p_person_name: 'Người thử', p_organisation: {} }),
	invite: (place, { units }) => ({ p_unit: units[place], p_role: 'officer' }),
	renew_invitation: async (place, fixture) => ({
		p_invitation: await fixture.newInvitation(place)
	}),
	revoke_invitation: async (place, fixture) => ({
		p_invitation: await fixture.newInvitation(place)
	}),
	end_membership: async (place, fixture) => ({ p_member: (await fixture.newMember(place)).member }),
	change_role: async (place, fixture) => ({
		p_member: (await fixture.newMember(place)).member,
		p_role: 'analyst'
	}),
	hand_over: async (place, fixture) => ({
		p_from: (await fixture.newMember(place)).person,
		p_to: fixture.successor
	}),
	read_member: async (place, fixture) => ({ p_member: (await fixture.newMember(place)).member }),
	list_members: (place, { units }) => ({ p_unit: units[place] }),
	list_invitations: (place, { units }) => ({ p_unit: units[place] }),
	list_units: (place, { units }) => ({ p_unit: units[place] }),
	read_audit_log: (place, { units }) => ({ p_unit: units[place] }),
	rebuild_tallies: () => ({ p_from: '1990-01-01', p_to: '1990-01-01' }),
	claim_lease: () => ({ p_name: 'access matrix', p_holder: 'nobody', p_seconds: 1 }),
	claim_job: () => ({ p_kinds: ['none'] }),
	report_job: () => ({ p_job: NOTHING }),
	finish_job: () => ({ p_job: NOTHING }),
	...Object.assign({}, ...AREAS.map(({ makers }) => makers))
};

/** The body of one call; functions without an entry take no arguments. */
export async function callArguments(
	name: string,
	place: Place,
	fixture: Fixture
): Promise<Arguments> {
	return (await MAKERS[name]?.(place, fixture)) ?? {};
}
