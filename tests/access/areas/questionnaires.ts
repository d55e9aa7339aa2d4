import type { Area } from './area.ts';

export const questionnaires: Area = {
	reads: {},
	calls: {},
	makers: {}
};
