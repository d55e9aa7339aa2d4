import { describe, expect, it } from 'vitest';
import { fieldName, parseServedForm } from './served-form.ts';

const POINT = '00000000-0000-4000-8000-000000000001';
const GROUP = '00000000-0000-4000-8000-000000000002';

function formOf(fields: Record<string, string>): FormData {
	const form = new FormData();
	for (const [name, value] of Object.entries(fields)) form.append(name, value);
	return form;
}

describe('the form of a day', () => {
	it('tells only what was changed', () => {
		const form = formOf({
			[`served:${POINT}`]: '37',
			[`was:${POINT}`]: '37',
			[`served:${POINT}:${GROUP}`]: '1.200',
			[`was:${POINT}:${GROUP}`]: ''
		});
		expect(parseServedForm(form)).toEqual({
			entries: [
				{ field: fieldName(POINT, GROUP), point: POINT, group: GROUP, served: 1200, was: null }
			],
			wrong: []
		});
	});

	it('takes a number back when its field was emptied', () => {
		const form = formOf({ [`served:${POINT}`]: '', [`was:${POINT}`]: '5' });
		expect(parseServedForm(form).entries).toMatchObject([{ served: null, was: 5 }]);
	});

	it('names the field that holds no number, or one that cannot be', () => {
		const form = formOf({ [`served:${POINT}`]: 'ba', [`served:${POINT}:${GROUP}`]: '100001' });
		expect(parseServedForm(form).wrong).toEqual([fieldName(POINT, null), fieldName(POINT, GROUP)]);
	});

	it('leaves fields alone that are not of a point', () => {
		expect(parseServedForm(formOf({ day: '2026-11-20', 'served:x': '3' }))).toEqual({
			entries: [],
			wrong: []
		});
	});
});
