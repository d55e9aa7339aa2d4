// Open data is open to everybody: it holds what was published. What makes its hashes is the worker's.

import { ANYBODY, NOBODY } from '../places.ts';
import type { Area } from './area.ts';

export const hall: Area = {
	reads: {},
	calls: {
		open_publications: ANYBODY,
		open_figures: ANYBODY,
		open_hashes: ANYBODY,
		undigested_publications: NOBODY,
		put_open_digest: NOBODY,
		hash_day: NOBODY,
		put_demo_notes: NOBODY
	},
	makers: {
		open_publications: () => ({}),
		open_figures: () => ({ p_query: { publications: [] } }),
		put_open_digest: () => ({
			p_publication: '00000000-0000-4000-8000-000000000000',
			p_lines: 0,
			p_digest: '0'.repeat(64)
		}),
		put_demo_notes: () => ({ batch: { items: [] } })
	}
};
