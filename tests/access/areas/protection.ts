import type { Area } from './area.ts';

export const protection: Area = {
	reads: {},
	calls: {},
	makers: {}
};
