import { expect, it } from 'vitest';
import { DatabaseError } from '$lib/server/errors';
import { refusalIn, refusedForm } from './refused.server';

const form = new FormData();
form.set('name', 'Văn phòng');
form.set('password', 'secret');
const refusal = new DatabaseError('save', { code: 'PT403', hint: 'not_allowed' }, 403);

it('comes back with the sentence at its field and what was typed, without the secret', () => {
	const { status, data } = refusedForm(refusal, form, ({ key }) =>
		refusalIn({ not_allowed: ['name', () => 'not yours'] }, key)
	);
	expect(status).toBe(403);
	expect(data.back).toEqual({ values: { name: 'Văn phòng' }, problems: { name: 'not yours' } });
});

it('belongs to no field where none is named', () => {
	const { data } = refusedForm(refusal, form, () => ({ sentence: 'not yours' }));
	expect(data.back.problems).toEqual({ form: 'not yours' });
});

it('throws on what has no sentence, and what is no refusal', () => {
	expect(() => refusedForm(refusal, form, ({ key }) => refusalIn({}, key))).toThrow(refusal);
	const other = new TypeError('ours');
	expect(() => refusedForm(other, form, () => ({ sentence: 'not yours' }))).toThrow(other);
});
