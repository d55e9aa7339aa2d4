import { SUBTREE, type Cells } from '../places.ts';
import type { Area } from './area.ts';

/** Who reads what people say about a unit: not who sets it up, nor who checks. */
const READERS: Cells = { officer: SUBTREE, analyst: SUBTREE, leader: SUBTREE };

export const feedback: Area = {
	reads: {},
	calls: {
		office_results: READERS,
		office_units: READERS
	},
	makers: {
		office_results: (place, { units }) => ({ p_unit: units[place] }),
		office_units: (place, { units }) => ({ p_unit: units[place] })
	}
};
