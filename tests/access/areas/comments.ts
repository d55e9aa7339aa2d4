import type { Area } from './area.ts';

export const comments: Area = {
	reads: {},
	calls: {},
	makers: {}
};
