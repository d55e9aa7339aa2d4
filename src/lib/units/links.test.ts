import { expect, it } from 'vitest';
import { formAction, offsetOf, setupHref } from './links';

it('keeps the place and leaves out what is blank', () => {
	expect(setupHref('/setup/units', '?unit=a', { at: 'b', q: '', from: 0 })).toBe(
		'/setup/units?unit=a&at=b'
	);
	expect(setupHref('/setup/units', '', { q: undefined })).toBe('/setup/units');
});

it('names a form action beside the place', () => {
	expect(formAction('save', '')).toBe('?/save');
	expect(formAction('save', '?unit=a', { id: 'b' })).toBe('?/save&unit=a&id=b');
});

it('takes a broken offset for none', () => {
	const at = (from: string) => offsetOf(new URL(`http://x/?from=${from}`));
	expect([at('50'), at('-3'), at('x'), at('')]).toEqual([50, 0, 0, 0]);
});
