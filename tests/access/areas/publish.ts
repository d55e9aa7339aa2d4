// What was published is open to everybody. To look at what would be, and to publish it, is refused to everybody here, because
// these members hold their roles at a unit: supabase/tests/110_publishing.sql has the leader of the whole organisation.

import { ANYBODY, NOBODY } from '../places.ts';
import type { Area } from './area.ts';

const NOTHING = '00000000-0000-4000-8000-000000000000';

export const publish: Area = {
	reads: {},
	calls: {
		published_list: ANYBODY,
		published_frame: ANYBODY,
		published_cells: ANYBODY,
		list_publications: NOBODY,
		preview_publication: NOBODY,
		publish_period: NOBODY,
		publish_demo: NOBODY
	},
	makers: {
		published_list: (place, { units }) => ({ p_organisation: units[place] }),
		// No publication has this id: "not found" is an answer to somebody who was let in.
		published_frame: () => ({ p_publication: NOTHING }),
		published_cells: () => ({ p_publication: NOTHING }),
		list_publications: (place, { units }) => ({ p_organisation: units[place] }),
		preview_publication: (place, { units }) => ({
			p_organisation: units[place],
			p_period: '2025-M01'
		}),
		publish_period: (place, { units }) => ({
			p_organisation: units[place],
			p_period: '2025-M01',
			p_seen: '0:'
		})
	}
};
