import type { Area } from './area.ts';

export const feedback: Area = {
	reads: {},
	calls: {},
	makers: {}
};
