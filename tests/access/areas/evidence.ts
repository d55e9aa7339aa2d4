import type { Area } from './area.ts';

export const evidence: Area = {
	reads: {},
	calls: {},
	makers: {}
};
