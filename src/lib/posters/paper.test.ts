import { describe, expect, it } from 'vitest';
import { builtIn } from '$lib/questionnaire/built-in';
import { parseAnswers } from '$lib/survey/answers';
import { askedOf, formOfKeys, keyed, paperQuestions, type PaperScope } from './paper';

const scope = (form: keyof typeof builtIn, more: Partial<PaperScope> = {}): PaperScope => ({
	version: builtIn[form],
	moment: 'both',
	wording: 'one_stop',
	groups: [],
	...more
});
const keys = (values: Record<string, string>) => {
	const form = new FormData();
	for (const [name, value] of Object.entries(values)) form.append(name, value);
	return form;
};
const read = (of: PaperScope, values: Record<string, string>) =>
	parseAnswers(formOfKeys(keyed(paperQuestions(of, 'vi')), keys(values)), askedOf(of));

describe.each(['quick', 'nine', 'sixteen'] as const)('the paper twin of %s', (form) => {
	it('asks every item under its own code, with the same reason for 0', () => {
		for (const moment of ['both', 'receive', 'return'] as const) {
			const of = scope(form, { moment });
			const ratings = keyed(paperQuestions(of, 'vi')).filter(({ kind }) => kind === 'rating');
			const items = of.version.items.filter(
				({ when }) => when !== 'return' || moment !== 'receive'
			);
			expect(ratings.map(({ name }) => name).sort()).toEqual(items.map(({ code }) => code).sort());
		}
	});

	it('says everything in three languages', () => {
		for (const locale of ['zh', 'en'] as const) {
			const vi = paperQuestions(scope(form), 'vi');
			const other = paperQuestions(scope(form), locale);
			for (const [index, question] of other.entries()) {
				expect(question.text, question.name).not.toBe(vi[index]?.text);
			}
		}
	});
});

describe('keyed digits', () => {
	it('are the answers that a phone would have sent', () => {
		const result = read(scope('quick'), { S0: '5', B0: ' ', C0: '4', D0: '0', H1: '2' });
		expect(result).toMatchObject({
			ok: true,
			answers: { ratings: [5, null, 4, 0, null], moment: 'receive', pressedBy: 'helped' }
		});
	});

	it('choose the n-th choice', () => {
		const group = '00000000-0000-4000-8000-000000000001';
		const of = scope('nine', { groups: [{ id: group, names: { vi: 'Đất đai' } }] });
		const result = read(of, { field: '1', M0: '2', EG: '2', E3: '3', S0: '4' });
		expect(result).toMatchObject({
			ok: true,
			answers: { procedureGroupId: group, moment: 'return' }
		});
	});

	it.each([{ S0: '6' }, { S0: '4', H1: '9' }, { S0: '4 5' }, { S0: '0' }])(
		'that mean nothing are refused: %j',
		(typed) => {
			expect(read(scope('quick'), typed as unknown as Record<string, string>).ok).toBe(false);
		}
	);
});
