import { SUBTREE } from '../places.ts';
import type { Area } from './area.ts';

const READERS = { analyst: SUBTREE, leader: SUBTREE };

export const compare: Area = {
	reads: {},
	calls: {
		office_comparison: READERS,
		office_trend: READERS,
		office_help: READERS,
		office_weights: READERS
	},
	makers: {
		office_comparison: (place, { units }) => ({ p_unit: units[place] }),
		office_trend: (place, { units }) => ({ p_unit: units[place] }),
		office_help: (place, { units }) => ({ p_unit: units[place] }),
		office_weights: (place, { units }) => ({ p_unit: units[place] })
	}
};
