import { describe, expect, it } from 'vitest';
import { differences, settled, type KeyedAnswers } from './differences';

const items = [{ code: 'S0' }, { code: 'B0' }, { code: 'D0' }];
const sheet = (more: Partial<KeyedAnswers> = {}): KeyedAnswers => ({
	moment: 'receive',
	procedure_group_id: null,
	pressed_by: 'self',
	ratings: [4, null, 0],
	facts: { F1: [2] },
	...more
});

describe('two keyings of a sheet', () => {
	it('that agree have no difference', () => {
		expect(differences(sheet(), sheet(), items)).toEqual([]);
	});

	it('are compared item by item: a blank is not a zero', () => {
		const second = sheet({ ratings: [2, 0, null], facts: { F1: [2], I1: [1, 3] } });
		expect(differences(sheet(), second, items)).toEqual([
			{ key: 'S0', first: '4', second: '2' },
			{ key: 'B0', first: '', second: '0' },
			{ key: 'D0', first: '0', second: '' },
			{ key: 'I1', first: '', second: '1 3' }
		]);
	});

	it('are put together as somebody decided, and then agree', () => {
		const second = sheet({ ratings: [2, 3, 0], moment: 'other', facts: {} });
		const right = settled(sheet(), second, items, (key) => key === 'S0' || key === 'F1');
		expect(right).toEqual(sheet({ ratings: [2, null, 0], facts: {} }));
	});
});
