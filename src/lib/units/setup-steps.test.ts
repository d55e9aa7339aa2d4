import { describe, expect, it } from 'vitest';
import { openTo, setupSteps } from './setup-steps';

const NOTHING = {
	...{ units: 0, points: 0, points_off: 0, unchecked: 0, groups: 0, procedures: 0 },
	...{ questionnaire: null, officers: 0, leaders: 0, invited: 0 },
	...{ data_protection_contact: false, answered: false }
};
const states = (steps: ReturnType<typeof setupSteps>) =>
	Object.fromEntries(steps.map(({ path, state }) => [path, state]));

describe('the steps of a first morning', () => {
	it('begin with everything needed missing', () => {
		expect(states(setupSteps(NOTHING, ''))).toMatchObject({
			'/setup/units': 'missing',
			'/setup/procedures': 'optional',
			'/setup/questionnaires': 'missing',
			'/setup/points': 'missing',
			'/posters': 'missing',
			'/members': 'missing'
		});
	});

	it('want both an officer and a leader', () => {
		const one = setupSteps({ ...NOTHING, officers: 3 }, '');
		expect(states(one)['/members']).toBe('missing');
		const both = setupSteps({ ...NOTHING, officers: 3, leaders: 1 }, '');
		expect(states(both)['/members']).toBe('done');
	});

	it('say how many codes were not looked at this month', () => {
		const line = (unchecked: number) =>
			setupSteps({ ...NOTHING, points: 12, unchecked }, '').find(
				({ path }) => path === '/setup/points'
			)?.line;
		expect(line(3)).toContain('3');
		expect(line(0)).not.toContain('0 ');
	});

	it('show a leader only what a leader opens', () => {
		const paths = openTo(['leader'], setupSteps(NOTHING, '')).map(({ path }) => path);
		expect(paths).toEqual(['/setup/protection']);
	});
});
