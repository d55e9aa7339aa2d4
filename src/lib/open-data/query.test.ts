import { describe, expect, it } from 'vitest';
import { cursorOf, formatOf, readScoresQuery } from './query';

const UNIT = '00000000-0000-4000-8000-000000000003';
const read = (query: string) => readScoresQuery(new URLSearchParams(query));

describe('the query of the scores', () => {
	it('asks for everything that is newest when it is empty', () => {
		expect(read('')).toEqual({
			organisation: null,
			unit: null,
			period: null,
			revision: 'latest',
			subjects: null,
			formulas: ['top2', 'mean'],
			limit: 1000,
			after: null
		});
	});

	it('reads every filter', () => {
		const after = { publication: UNIT, unit: UNIT, subject: 'item:B1' };
		expect(
			read(
				`unit=${UNIT}&period=2026-9M&revision=2&measure=S0,item:B1&measure=measure:E0&formula=mean&limit=10&after=${cursorOf(after)}`
			)
		).toMatchObject({
			unit: UNIT,
			period: '2026-9M',
			revision: 2,
			subjects: ['measure:S0', 'item:B1', 'measure:E0'],
			formulas: ['mean'],
			limit: 10,
			after
		});
	});

	it.each([
		['units=1', 'unknown_parameter', 'units'],
		['unit=1', 'impossible_id', 'unit'],
		['organisation=abc', 'impossible_id', 'organisation'],
		['period=2026-Q5', 'impossible_period', 'period'],
		['revision=0', 'impossible_revision', 'revision'],
		['measure=Z9', 'unknown_measure', 'measure'],
		['measure=fact:P5', 'unknown_measure', 'measure'],
		['measure=item:', 'unknown_measure', 'measure'],
		['formula=median', 'unknown_formula', 'formula'],
		['limit=5001', 'impossible_limit', 'limit'],
		['limit=1', 'impossible_limit', 'limit'],
		['after=abc', 'impossible_after', 'after']
	])('refuses %s', (query, error, parameter) => {
		expect(read(query)).toEqual({ error, parameter });
	});
});

describe('the form of the answer', () => {
	const of = (accept: string | null, query = '') => formatOf(new URLSearchParams(query), accept);

	it('is what is named, else what is accepted first, else JSON', () => {
		expect(of('text/csv', 'format=json')).toBe('json');
		expect(of('text/csv')).toBe('csv');
		expect(of('application/json;q=0.5, text/csv')).toBe('csv');
		expect(of('text/html,application/xhtml+xml,*/*;q=0.8')).toBe('json');
		expect(of(null)).toBe('json');
	});

	it('is none where neither is taken, and wrong where none such exists', () => {
		expect(of('application/xml')).toBeUndefined();
		expect(of('text/csv;q=0')).toBeUndefined();
		expect(of('*/*', 'format=xlsx')).toBeNull();
	});
});
