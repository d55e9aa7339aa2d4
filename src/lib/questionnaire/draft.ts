/**
 * Changes to a draft as pure functions: a version in, a changed version out, always in the order in
 * which the form asks. Owns: the order, new codes, which 0 goes with which moment, what a new form
 * starts from. Must not know: the database (which checks all of it again), pages, words.
 */
import { BUILT_IN_NAMES, builtIn } from './built-in.ts';
import { BLOCKS, ITEMS } from './item-data.ts';
import type { Dimension, Item, Localised, Version, Zero } from './version.ts';

/** The dimensions in the order of a form, each with the letter of its codes. */
export const DIMENSIONS = [
	['access', 'A'],
	['procedure', 'B'],
	['conduct', 'C'],
	['result', 'D'],
	['complaints', 'E']
] as const satisfies readonly (readonly [Dimension, string])[];
export type ItemDimension = (typeof DIMENSIONS)[number][0];

export const MAX_ITEMS = 40;

/** What a new questionnaire can start from, besides a copy of one's own. */
export const STARTS = ['quick', 'nine', 'sixteen', 'blank'] as const;
export type Start = (typeof STARTS)[number];

const NO_AUDIO = { vi: null, zh: null, en: null };

/** The letter with which the codes of a dimension begin. */
export function letterOf(dimension: ItemDimension): string {
	return DIMENSIONS.find(([name]) => name === dimension)![1];
}

/** The meanings of 0 among which an item of this dimension and moment may choose. */
export function zerosFor(dimension: Dimension, when: Item['when']): (Zero | null)[] {
	if (when === 'return') return ['result_pending'];
	if (when === 'filed') return ['not_filed'];
	const zeros: (Zero | null)[] = [null, 'unknown', 'no_fee'];
	return dimension === 'complaints' ? [...zeros, 'not_filed'] : zeros;
}

/** Moments at which an item of this dimension may be asked. */
export function whensFor(dimension: Dimension): Item['when'][] {
	if (dimension === 'overall') return ['always'];
	return dimension === 'complaints' ? ['always', 'return', 'filed'] : ['always', 'return'];
}

/** The series an item counts for; null: only for its own line. */
export function measureOf(code: string, counts: boolean): Item['measure'] {
	if (code === 'S0') return 'S0';
	if (!counts || code === 'A0') return null;
	return (code.endsWith('0') && code.length === 2 ? code : code[0]) as Item['measure'];
}

/**
 * A code that has never meant anything: not in this version, not in any published one of the
 * organisation, not in a built-in form.
 */
export function nextCode(dimension: ItemDimension, version: Version, known: readonly string[]) {
	const taken = new Set([
		...version.items.map(({ code }) => code),
		...known,
		...Object.keys(ITEMS)
	]);
	const letter = letterOf(dimension);
	for (let n = 1; n <= 99; n++) if (!taken.has(`${letter}${n}`)) return `${letter}${n}`;
	return undefined;
}

/**
 * The items in the order of the page, with the blocks and first questions that follow from them:
 * S0 first in a quick form and last in the others, there block by block, who filed after the rest.
 */
export function inOrder(version: Version): Version {
	const overall = version.items.filter(({ code }) => code === 'S0');
	const others = version.items.filter(({ code }) => code !== 'S0');
	const hasFiled = others.some(({ when }) => when === 'filed');
	if (version.series === 'quick') {
		const items = [...overall, ...others];
		return { ...version, items, blocks: [], asksMoment: false, asksFiled: hasFiled };
	}
	const blocks = BLOCKS.filter(({ code }) => others.some((item) => item.code.startsWith(code)));
	const sorted = blocks.flatMap(({ code }) => {
		const own = others.filter((item) => item.code.startsWith(code));
		const isFiled = ({ when }: Item) => when === 'filed';
		return [...own.filter((item) => !isFiled(item)), ...own.filter(isFiled)];
	});
	const asksMoment = others.some(({ when }) => when === 'return');
	return { ...version, items: [...sorted, ...overall], blocks, asksMoment, asksFiled: hasFiled };
}

/** A form with nothing in it but S0, which every form asks. */
function blank(): Version {
	const overall = builtIn.quick.items[0]!;
	return inOrder({ ...builtIn.nine, form: 'rieng', seconds: 60, items: [overall] });
}

/** The definition and the name that a new questionnaire starts with. */
export function startFrom(start: Start): { definition: Version; names: Localised } {
	if (start === 'blank') return { definition: blank(), names: { vi: '' } };
	return { definition: structuredClone(builtIn[start]), names: BUILT_IN_NAMES[start] };
}

/** An item that is still to be written. */
export function newItem(code: string, dimension: ItemDimension): Item {
	const when = 'always' as const;
	const texts = { vi: { text: '' } };
	const measure = measureOf(code, true);
	return { code, dimension, measure, when, zero: null, texts, audio: NO_AUDIO };
}

/** With this item in the place of the one of its code, or added. */
export function putItem(version: Version, item: Item): Version {
	const isThere = version.items.some(({ code }) => code === item.code);
	const items = isThere
		? version.items.map((old) => (old.code === item.code ? item : old))
		: [...version.items, item];
	return inOrder({ ...version, items });
}

/** Without the item; S0 stays. */
export function removeItem(version: Version, code: string): Version {
	if (code === 'S0') return version;
	return inOrder({ ...version, items: version.items.filter((item) => item.code !== code) });
}

/** The items between which one can change places: of the same block, or all of a quick form. */
function neighbours(version: Version, item: Item): Item[] {
	if (version.series === 'quick') return version.items.filter(({ code }) => code !== 'S0');
	return version.items.filter(
		({ code, when }) => code[0] === item.code[0] && (when === 'filed') === (item.when === 'filed')
	);
}

/** Whether an item can go one place up (-1) or down (1). */
export function canMove(version: Version, code: string, step: -1 | 1): boolean {
	const item = version.items.find((one) => one.code === code);
	if (!item || code === 'S0') return false;
	const around = neighbours(version, item);
	return around[around.indexOf(item) + step] !== undefined;
}

/** The item one place up or down; the same version where it cannot go. */
export function moveItem(version: Version, code: string, step: -1 | 1): Version {
	const item = version.items.find((one) => one.code === code);
	if (!item || !canMove(version, code, step)) return version;
	const around = neighbours(version, item);
	const other = around[around.indexOf(item) + step]!;
	const items = version.items.map((one) => (one === item ? other : one === other ? item : one));
	return inOrder({ ...version, items });
}
