import type { Area } from './area.ts';

export const print: Area = {
	reads: {},
	calls: {},
	makers: {}
};
