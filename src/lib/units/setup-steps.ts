/**
 * The set-up of an office as steps, in the order of a first morning: what is there, what is missing.
 * Owns: the order and what counts as missing. Pages that the reader may not open have no address.
 */
import { m } from '$lib/i18n/paraglide/messages.js';
import { mayOpen } from '$lib/members/pages';
import type { Role } from '$lib/members/roles';
import type { SetupState } from './setup.server';

export interface SetupStep {
	path: string;
	title: string;
	/** What is there. */
	line: string;
	state: 'done' | 'missing' | 'optional';
}

/** @param questionnaire name of the one in force, in the reader's language; blank without one */
export function setupSteps(state: SetupState, questionnaire: string): SetupStep[] {
	const step = (path: string, title: string, line: string, found: SetupStep['state']) => ({
		...{ path, title, line },
		state: found
	});
	const needed = (isThere: boolean) => (isThere ? 'done' : 'missing');
	const wanted = (isThere: boolean) => (isThere ? 'done' : 'optional');
	return [
		step(
			'/setup/units',
			m.units_step_units(),
			state.units > 0 ? m.units_step_units_line({ count: state.units }) : m.units_step_units_none(),
			needed(state.units > 0)
		),
		step(
			'/setup/procedures',
			m.units_step_procedures(),
			state.groups > 0
				? m.units_step_procedures_line({ groups: state.groups, count: state.procedures })
				: m.units_step_procedures_none(),
			wanted(state.groups > 0)
		),
		step(
			'/setup/questionnaires',
			m.units_step_questionnaires(),
			questionnaire
				? m.units_step_questionnaires_line({ name: questionnaire })
				: m.units_step_questionnaires_none(),
			needed(questionnaire !== '')
		),
		step(
			'/setup/points',
			m.units_step_points(),
			state.points > 0
				? [
						m.units_step_points_line({ count: state.points }),
						state.unchecked > 0 ? m.units_step_points_unchecked({ count: state.unchecked }) : ''
					]
						.filter(Boolean)
						.join(' ')
				: m.units_step_points_none(),
			needed(state.points > 0)
		),
		step(
			'/posters',
			m.units_step_posters(),
			state.answered ? m.units_step_posters_answered() : m.units_step_posters_line(),
			needed(state.answered)
		),
		step(
			'/members',
			m.units_step_members(),
			state.officers > 0 && state.leaders > 0
				? m.units_step_members_line({ officers: state.officers, leaders: state.leaders })
				: state.invited > 0
					? m.units_step_members_invited({ count: state.invited })
					: m.units_step_members_none(),
			needed(state.officers > 0 && state.leaders > 0)
		),
		step('/setup/calendar', m.units_step_calendar(), m.units_step_calendar_line(), 'optional'),
		step(
			'/setup/protection',
			m.units_step_protection(),
			state.data_protection_contact
				? m.units_step_protection_line()
				: m.units_step_protection_none(),
			wanted(state.data_protection_contact)
		)
	];
}

/** What belongs to the set-up but to no step. */
export function besides(): { path: string; title: string; line: string }[] {
	return [
		{ path: '/setup/import', title: m.units_beside_import(), line: m.units_beside_import_line() },
		{ path: '/served', title: m.units_beside_served(), line: m.units_beside_served_line() },
		{ path: '/setup/targets', title: m.targets_title(), line: m.targets_line() },
		{ path: '/setup/owners', title: m.owners_title(), line: m.owners_line() },
		{ path: '/setup/indices', title: m.goals_title(), line: m.goals_line() },
		{ path: '/setup/webhook', title: m.webhook_title(), line: m.webhook_lead() }
	];
}

/** Only what one of these roles opens. */
export function openTo<T extends { path: string }>(roles: readonly Role[], pages: T[]): T[] {
	return pages.filter(({ path }) => mayOpen(path, roles));
}
