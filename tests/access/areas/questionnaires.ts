// Questionnaires are made by administrators of the whole organisation: an administrator of "own", a unit below it,
// reads which there are and chooses for the subtree, and is refused everything else.

import { builtIn } from '../../../src/lib/questionnaire/built-in.ts';
import { ANYBODY, BY_ADMINISTRATORS, NOBODY, type Place } from '../places.ts';
import type { Fixture } from '../fixture.ts';
import type { Area } from './area.ts';

const NOTHING = '00000000-0000-4000-8000-000000000000';

/** The house keeps them: seen from every unit inside they are those of "above". */
const of = (table: string, place: Place, fixture: Fixture) =>
	fixture.row(table, place === 'foreign' ? 'foreign' : 'above')?.[1];
const questionnaire = (place: Place, fixture: Fixture) => ({
	p_questionnaire: of('questionnaires', place, fixture)
});
const version = (place: Place, fixture: Fixture) => ({
	p_version: of('questionnaire_versions', place, fixture)
});

export const questionnaires: Area = {
	reads: {},
	calls: {
		read_questionnaires: BY_ADMINISTRATORS,
		read_in_force: BY_ADMINISTRATORS,
		set_in_force: BY_ADMINISTRATORS,
		read_questionnaire: NOBODY,
		read_version: NOBODY,
		start_questionnaire: NOBODY,
		start_version: NOBODY,
		rename_questionnaire: NOBODY,
		save_draft: NOBODY,
		discard_draft: NOBODY,
		publish_version: NOBODY,
		put_item_audio: NOBODY,
		item_audio: ANYBODY
	},
	makers: {
		read_questionnaires: (place, { units }) => ({ p_unit: units[place] }),
		read_in_force: (place, { units }) => ({ p_unit: units[place] }),
		set_in_force: (place, fixture) => ({
			p_unit: fixture.units[place],
			p_point: null,
			...questionnaire(place, fixture)
		}),
		read_questionnaire: questionnaire,
		read_version: version,
		start_questionnaire: (place, { units }) => ({
			p_unit: units[place],
			p_names: { vi: 'Phiếu thử' },
			p_definition: builtIn.quick
		}),
		start_version: questionnaire,
		rename_questionnaire: (place, fixture) => ({
			...questionnaire(place, fixture),
			p_names: { vi: 'Tên khác' },
			p_revision: 1
		}),
		save_draft: (place, fixture) => ({
			...version(place, fixture),
			p_definition: builtIn.quick,
			p_revision: 1
		}),
		discard_draft: (place, fixture) => ({ ...version(place, fixture), p_revision: 1 }),
		publish_version: (place, fixture) => ({ ...version(place, fixture), p_revision: 1 }),
		put_item_audio: (place, fixture) => ({
			...version(place, fixture),
			...{ p_item: 'S0', p_language: 'vi', p_content: null, p_revision: 1 }
		}),
		item_audio: () => ({ p_audio: NOTHING })
	}
};
