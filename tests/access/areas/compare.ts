import { SUBTREE } from '../places.ts';
import type { Area } from './area.ts';

export const compare: Area = {
	reads: {},
	calls: { office_comparison: { analyst: SUBTREE, leader: SUBTREE } },
	makers: { office_comparison: (place, { units }) => ({ p_unit: units[place] }) }
};
