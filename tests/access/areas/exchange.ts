import type { Area } from './area.ts';

export const exchange: Area = {
	reads: {},
	calls: {},
	makers: {}
};
