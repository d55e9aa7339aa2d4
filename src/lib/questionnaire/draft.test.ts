import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { builtIn } from './built-in';
import {
	canMove,
	DIMENSIONS,
	inOrder,
	measureOf,
	moveItem,
	newItem,
	nextCode,
	putItem,
	removeItem,
	STARTS,
	startFrom,
	whensFor,
	zerosFor
} from './draft';
import { versionSchema, type Item, type Version } from './version';

const codes = (version: Version) => version.items.map(({ code }) => code).join(' ');
const own = (code: string, more: Partial<Item> = {}): Item => ({
	...newItem(code, DIMENSIONS.find(([, letter]) => letter === code[0])![0]),
	texts: { vi: { text: `Câu ${code}` } },
	...more
});

describe('a start', () => {
	it('is a form that can be asked, always with S0', () => {
		for (const start of STARTS) {
			const { definition } = startFrom(start);
			expect(versionSchema.parse(definition)).toEqual(definition);
			expect(definition.items.some(({ code }) => code === 'S0')).toBe(true);
		}
		expect(codes(startFrom('blank').definition)).toBe('S0');
	});

	it('is a copy: the built-in form stays as it is', () => {
		startFrom('nine').definition.items[0]!.texts.vi.text = 'khác';
		expect(builtIn.nine.items[0]!.texts.vi.text).not.toBe('khác');
	});

	it('is in order already', () => {
		for (const form of Object.values(builtIn)) expect(inOrder(form)).toEqual(form);
	});
});

describe('the order of a form', () => {
	it('puts a question into its block, who filed after the others, S0 last', () => {
		let version = putItem(builtIn.nine, own('A7'));
		version = putItem(version, own('E9'));
		expect(codes(version)).toBe('A7 B1 B2 B3 C1 C2 D1 D2 E1 E9 E3 S0');
		expect(version.blocks.map(({ code }) => code).join('')).toBe('ABCDE');
	});

	it('puts S0 first in a quick form', () => {
		expect(codes(inOrder({ ...builtIn.nine, series: 'quick' }))).toMatch(/^S0 B1/);
	});

	it('asks M0 and EG only where an item needs them', () => {
		const version = removeItem(removeItem(removeItem(builtIn.nine, 'D1'), 'D2'), 'E3');
		expect([version.asksMoment, version.asksFiled]).toEqual([false, false]);
		expect(builtIn.nine.asksMoment && builtIn.nine.asksFiled).toBe(true);
	});

	it('changes places only inside a block, and back again is as before', () => {
		expect(codes(moveItem(builtIn.nine, 'B1', 1))).toMatch(/^B2 B1 B3/);
		expect(canMove(builtIn.nine, 'B3', 1)).toBe(false);
		expect(canMove(builtIn.nine, 'E1', 1)).toBe(false);
		expect(canMove(builtIn.nine, 'S0', -1)).toBe(false);
		expect(canMove(builtIn.quick, 'B0', -1)).toBe(false);
		expect(canMove(builtIn.quick, 'B0', 1)).toBe(true);
		fc.assert(
			fc.property(
				fc.constantFrom(...Object.values(builtIn)),
				fc.nat(),
				fc.constantFrom(-1 as const, 1 as const),
				(form, n, step) => {
					const { code } = form.items[n % form.items.length]!;
					const moved = moveItem(form, code, step);
					const back = moved === form ? form : moveItem(moved, code, step === 1 ? -1 : 1);
					expect(back).toEqual(form);
				}
			)
		);
	});

	it('never loses S0', () => {
		expect(removeItem(builtIn.quick, 'S0')).toBe(builtIn.quick);
	});
});

describe('a new question', () => {
	it('gets a code that means nothing yet, here, in the organisation or in a built-in form', () => {
		expect(nextCode('access', builtIn.quick, [])).toBe('A4');
		expect(nextCode('procedure', builtIn.quick, ['B5'])).toBe('B6');
		expect(nextCode('procedure', putItem(builtIn.quick, own('B6')), ['B5'])).toBe('B7');
	});

	it('counts for its dimension or for its own line', () => {
		expect(measureOf('B12', true)).toBe('B');
		expect(measureOf('B0', true)).toBe('B0');
		expect(measureOf('B5', false)).toBeNull();
		expect(measureOf('S0', false)).toBe('S0');
	});

	it('has a meaning of 0 that fits whom it is asked', () => {
		expect(zerosFor('result', 'return')).toEqual(['result_pending']);
		expect(zerosFor('complaints', 'filed')).toEqual(['not_filed']);
		expect(zerosFor('conduct', 'always')).toEqual([null, 'unknown', 'no_fee']);
		expect(whensFor('conduct')).toEqual(['always', 'return']);
		expect(whensFor('overall')).toEqual(['always']);
		for (const form of Object.values(builtIn)) {
			for (const { dimension, when, zero } of form.items) {
				expect(whensFor(dimension)).toContain(when);
				expect(zerosFor(dimension, when)).toContain(zero);
			}
		}
	});
});
