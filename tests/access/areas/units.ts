import type { Area } from './area.ts';

export const units: Area = {
	reads: {},
	calls: {},
	makers: {}
};
