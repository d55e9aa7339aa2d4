import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { builtIn, withFacts } from '$lib/questionnaire/built-in';
import type { Version } from '$lib/questionnaire/version';
import { parseAnswers, type Asked } from './answers';

const GROUP = '00000000-0000-4000-8000-00000000000a';
const asked = (version: Version, moment: Asked['moment'] = 'both'): Asked => ({
	version,
	moment,
	procedureGroupIds: [GROUP]
});

function post(fields: Record<string, string | string[]>, to: Asked) {
	const form = new FormData();
	for (const [name, value] of Object.entries(fields)) {
		for (const one of [value].flat()) form.append(name, one);
	}
	return parseAnswers(form, to);
}

function accepted(fields: Record<string, string | string[]>, to: Asked) {
	const parsed = post(fields, to);
	if (!parsed.ok) throw new Error(JSON.stringify(parsed.faults));
	return parsed.answers;
}

const { quick, nine, sixteen } = builtIn;

describe('the quick form', () => {
	it('takes ratings in item order, blanks as null', () => {
		expect(accepted({ S0: '4', C0: '5' }, asked(quick))).toEqual({
			procedureGroupId: null,
			moment: null,
			pressedBy: null,
			ratings: [4, null, 5, null, null],
			facts: {},
			comment: null
		});
	});

	it('takes the moment from D0', () => {
		expect(accepted({ S0: '4', D0: '3' }, asked(quick)).moment).toBe('return');
		expect(accepted({ S0: '4', D0: '0' }, asked(quick))).toMatchObject({
			moment: 'receive',
			ratings: [4, null, null, 0, null]
		});
		expect(accepted({ S0: '4', D0: '0' }, asked(quick, 'return')).moment).toBe('return');
	});

	it('does not show D0 where papers are only handed in, and stores it as 0', () => {
		expect(accepted({ S0: '4', D0: '5' }, asked(quick, 'receive'))).toMatchObject({
			moment: 'receive',
			ratings: [4, null, null, 0, null]
		});
	});
});

describe('the item forms', () => {
	it('store the result block as 0 for people who came for something else', () => {
		for (const M0 of ['receive', 'other']) {
			const { moment, ratings } = accepted({ M0, D1: '5', S0: '4' }, asked(nine));
			expect(moment).toBe(M0);
			expect(ratings.slice(5, 7)).toEqual([0, 0]);
		}
		const { moment, ratings } = accepted({ M0: 'return', D1: '5', D2: '0' }, asked(nine));
		expect(moment).toBe('return');
		expect(ratings.slice(5, 7)).toEqual([5, 0]);
	});

	it('keep result ratings when M0 was left blank (a browser that shows everything)', () => {
		const { moment, ratings } = accepted({ D1: '5' }, asked(nine));
		expect([moment, ratings[5], ratings[6]]).toEqual([null, 5, null]);
	});

	it('store the complaint items as 0 for people who filed none', () => {
		const last = (fields: Record<string, string>) =>
			accepted({ S0: '3', ...fields }, asked(sixteen)).ratings.slice(14, 16);
		expect(last({ EG: 'no', E2: '1' })).toEqual([0, 0]);
		expect(last({ EG: 'yes', E2: '1' })).toEqual([1, null]);
		expect(last({})).toEqual([null, null]);
	});
});

describe('facts, field and comment', () => {
	const full = withFacts(quick, ['F1', 'F2', 'I1', 'O1', 'H1']);

	it('are stored as choice numbers; who pressed is apart', () => {
		const fields = { S0: '4', F1: '3', I1: ['9', '1', '10'], H1: '2', field: GROUP };
		expect(accepted(fields, asked(full))).toMatchObject({
			facts: { F1: [3], I1: [1, 9, 10] },
			pressedBy: 'helped',
			procedureGroupId: GROUP
		});
		expect(accepted({ S0: '4', field: 'unknown' }, asked(full)).procedureGroupId).toBeNull();
	});

	it('are refused when impossible, each at its field', () => {
		const wrong = { S0: '4', F1: '4', I1: ['1', '2', '3', '4'], H1: 'x', field: 'y' };
		const parsed = post(wrong, asked(full));
		expect(parsed).toMatchObject({ ok: false, status: 422, kept: { S0: ['4'] } });
		if (!parsed.ok) expect(parsed.faults.map((f) => f.field)).toEqual(['field', 'F1', 'I1', 'H1']);
		expect(post({ S0: '4', I1: ['1', '2', '3', '4'] }, asked(full))).toMatchObject({
			faults: [{ field: 'I1', key: 'too_many' }],
			kept: { I1: ['1', '2', '3', '4'] }
		});
		expect(post({ S0: '4', I1: ['2', '2'] }, asked(full)).ok).toBe(false);
	});

	it('a comment is cleaned, counted in characters and kept', () => {
		const comment = ' Tốt\r\nlắm\u0000\u202E ';
		expect(accepted({ S0: '4', comment }, asked(quick)).comment).toBe('Tốt\nlắm');
		expect(accepted({ S0: '4', comment: '😀'.repeat(2000) }, asked(quick)).comment).toHaveLength(
			4000
		);
		const long = post({ S0: '4', comment: 'ế'.repeat(2001) }, asked(quick));
		expect(long).toMatchObject({
			ok: false,
			status: 413,
			faults: [{ field: 'comment', key: 'comment_too_long' }],
			kept: { S0: ['4'], comment: ['ế'.repeat(2001)] }
		});
	});
});

describe('what is refused', () => {
	it('a form without any rating, at its first question, whatever else it holds', () => {
		for (const fields of [{}, { comment: 'x' }, { D0: '0', E0: '0' }, { H1: '1' }, { S0: '' }]) {
			expect(post(fields as Record<string, string>, asked(quick))).toMatchObject({
				status: 422,
				faults: [{ field: 'S0', key: 'no_rating' }]
			});
		}
	});

	it('levels that do not exist, twice the same question, a zero where none is meant', () => {
		for (const S0 of ['6', '0', '-1', '4.0', ' 4', '４', 'null', ['4', '5']]) {
			expect(post({ S0, B0: '3' }, asked(quick))).toMatchObject({
				status: 422,
				faults: [{ field: 'S0', key: 'impossible' }],
				kept: { B0: ['3'] }
			});
		}
	});

	it('a file where text is asked', () => {
		const form = new FormData();
		form.set('S0', new File(['x'], 'x'));
		form.set('comment', new File(['x'], 'x'));
		expect(parseAnswers(form, asked(quick))).toMatchObject({
			faults: [
				{ field: 'S0', key: 'impossible' },
				{ field: 'comment', key: 'impossible' }
			]
		});
	});
});

it('never throws and never lets an impossible answer through, whatever is posted', () => {
	const versions = [quick, nine, withFacts(sixteen, ['F1', 'F2', 'I1', 'O1', 'H1'])];
	const names = [...new Set(versions.flatMap((v) => v.items.map((item) => item.code)))];
	const name = fc.constantFrom(...names, 'M0', 'EG', 'F1', 'I1', 'H1', 'field', 'comment', 'x');
	const value = fc.oneof(
		fc.constantFrom('0', '1', '2', '3', '4', '5', 'yes', 'no', 'return', 'receive', GROUP, ''),
		fc.string({ unit: 'binary' })
	);
	const moments = fc.constantFrom<Asked['moment']>('receive', 'return', 'both');
	fc.assert(
		fc.property(
			fc.array(fc.tuple(name, value), { maxLength: 40 }),
			fc.constantFrom(...versions),
			moments,
			(fields, version, moment) => {
				const form = new FormData();
				for (const [key, one] of fields) form.append(key, one);
				const parsed = parseAnswers(form, asked(version, moment));
				if (!parsed.ok) {
					expect(parsed.faults.length).toBeGreaterThan(0);
					return;
				}
				const { ratings } = parsed.answers;
				expect(ratings).toHaveLength(version.items.length);
				expect(ratings.some((rating) => rating !== null && rating >= 1)).toBe(true);
				version.items.forEach((item, index) => {
					const rating = ratings[index] ?? null;
					if (rating === 0) expect(item.zero).not.toBeNull();
					else if (rating !== null) expect([1, 2, 3, 4, 5]).toContain(rating);
					const isElsewhere = ['receive', 'other'].includes(parsed.answers.moment ?? '');
					if (item.when === 'return' && isElsewhere) expect(rating ?? 0).toBe(0);
				});
			}
		),
		{ numRuns: 500 }
	);
});
