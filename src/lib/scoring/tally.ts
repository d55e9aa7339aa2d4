/**
 * What one person's ratings are worth, in integer millionths, exactly as SQL counts them: rounded
 * once per person, half away from zero, so that sums are exact in any order (design 4).
 */

/** One person's rating of one item: 1–5, 0 = not applicable, null = left blank. */
export type Rating = 0 | 1 | 2 | 3 | 4 | 5 | null;

export type Formula = 'top2' | 'mean';

export const MILLION = 1_000_000;

/** The value of one person on one measure under both formulas, in millionths. */
export interface PersonValue {
	top2: number;
	mean: number;
}

/** Number of persons with the sum and the sum of squares of their values (millionths, millionths²). */
export interface PersonSums {
	persons: number;
	sum: number;
	squares: number;
}

/** Millionths of `part ÷ whole`, half away from zero. Both are non-negative integers, whole > 0. */
export function millionths(part: number, whole: number): number {
	return Math.floor((2 * part * MILLION + whole) / (2 * whole));
}

/**
 * One person's value on a set of items: the share of the rated ones that are 4 or 5, and their mean
 * divided by 5. Null when nothing of the set was rated: 0 and blank leave the denominator.
 */
export function personValue(ratings: readonly Rating[]): PersonValue | null {
	const rated = ratings.filter(
		(rating): rating is 1 | 2 | 3 | 4 | 5 => rating !== null && rating !== 0
	);
	if (rated.length === 0) return null;
	const satisfied = rated.filter((rating) => rating >= 4).length;
	const total = rated.reduce<number>((sum, rating) => sum + rating, 0);
	return {
		top2: millionths(satisfied, rated.length),
		mean: millionths(total, 5 * rated.length)
	};
}

/**
 * One person's values per measure, from the ratings in item order and the measure of each item
 * (null: the item stands on its own line, as E1 does). Measures without a rated item are absent.
 */
export function personValues(
	ratings: readonly Rating[],
	measures: readonly (string | null)[]
): Map<string, PersonValue> {
	const grouped = new Map<string, Rating[]>();
	measures.forEach((measure, at) => {
		if (measure === null) return;
		const group = grouped.get(measure) ?? [];
		group.push(ratings[at] ?? null);
		grouped.set(measure, group);
	});
	const values = new Map<string, PersonValue>();
	for (const [measure, group] of grouped) {
		const value = personValue(group);
		if (value) values.set(measure, value);
	}
	return values;
}

/** Sums over persons of their values under one formula. */
export function sumsOf(values: readonly PersonValue[], formula: Formula): PersonSums {
	return values.reduce<PersonSums>(
		({ persons, sum, squares }, value) => ({
			persons: persons + 1,
			sum: sum + value[formula],
			squares: squares + value[formula] ** 2
		}),
		{ persons: 0, sum: 0, squares: 0 }
	);
}

/** The sums of several disjoint sets of persons together. */
export function addSums(parts: readonly PersonSums[]): PersonSums {
	return parts.reduce<PersonSums>(
		(all, { persons, sum, squares }) => ({
			persons: all.persons + persons,
			sum: all.sum + sum,
			squares: all.squares + squares
		}),
		{ persons: 0, sum: 0, squares: 0 }
	);
}

/** Persons per level of one item, n1 to n5. */
export type LevelCounts = readonly [number, number, number, number, number];

/** The person sums of a single item, from its five counts: one rating is one person. */
export function sumsOfLevels(counts: LevelCounts, formula: Formula): PersonSums {
	let [persons, sum, squares] = [0, 0, 0];
	counts.forEach((count, at) => {
		const level = at + 1;
		const value = formula === 'top2' ? (level >= 4 ? MILLION : 0) : millionths(level, 5);
		persons += count;
		sum += count * value;
		squares += count * value ** 2;
	});
	return { persons, sum, squares };
}
