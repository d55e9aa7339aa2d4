// What one response adds to the tallies, said again in plain TypeScript: the recount's own reading of design 4 and 5,
// kept apart from the SQL it is compared with. Pure; knows no database.

/** An item of a version, in the order of its position. */
export interface CountedItem {
	code: string;
	/** Measure that it counts for, or null (E1). */
	measure: string | null;
}

export interface CountedResponse {
	ratings: (number | null)[];
	facts: Record<string, number[]> | null;
}

/** The tables of tallies by short name, each with its columns after the key. */
export const TALLIES = {
	rating: ['n1', 'n2', 'n3', 'n4', 'n5', 'not_applicable', 'blank'],
	person: ['persons', 'top2_sum', 'top2_squares', 'mean_sum', 'mean_squares'],
	fact: ['persons'],
	item: [
		'persons',
		'w',
		'wy_top2',
		'y_top2',
		'yy_top2',
		'yo_top2',
		'o_top2',
		'oo_top2',
		'wy_mean',
		'y_mean',
		'yy_mean',
		'yo_mean',
		'o_mean',
		'oo_mean'
	]
} as const;
export type Tally = keyof typeof TALLIES;

/** Receives what a response adds: to which table, under which code (item, measure, or "fact:choice"). */
export type Add = (tally: Tally, code: string, values: number[]) => void;

const MILLION = 1_000_000;
/** a / b in millionths, rounded half up, in whole numbers only. */
const millionths = (a: number, b: number) => Math.floor((2 * MILLION * a + b) / (2 * b));
const isRated = (rating: number | null): rating is number => rating !== null && rating >= 1;

function countRatings(items: CountedItem[], { ratings }: CountedResponse, add: Add): void {
	items.forEach(({ code }, n) => {
		const rating = ratings[n] ?? null;
		const column = rating === null ? 6 : rating === 0 ? 5 : rating - 1;
		add(
			'rating',
			code,
			TALLIES.rating.map((_, index) => (index === column ? 1 : 0))
		);
	});
}

function countMeasures(items: CountedItem[], { ratings }: CountedResponse, add: Add): void {
	const measures = new Set(items.map(({ measure }) => measure));
	for (const measure of measures) {
		if (measure === null) continue;
		const rated = ratings.filter((rating, n) => items[n]?.measure === measure).filter(isRated);
		if (rated.length === 0) continue;
		const top2 = millionths(rated.filter((rating) => rating >= 4).length, rated.length);
		const mean = millionths(
			rated.reduce((sum, rating) => sum + rating, 0),
			5 * rated.length
		);
		add('person', measure, [1, top2, top2 * top2, mean, mean * mean]);
	}
}

/** Of persons who rated S0: w = 1 / rated items of the item's dimension, y = the item's value, o = S0's. */
function countAssociations(items: CountedItem[], { ratings }: CountedResponse, add: Add): void {
	const overall = ratings[items.findIndex(({ code }) => code === 'S0')] ?? null;
	if (!isRated(overall)) return;
	const dimension = (item: CountedItem) => item.measure ?? item.code;
	const rated = items
		.map((item, n) => ({ item, rating: ratings[n] ?? null }))
		.filter(({ item, rating }) => item.code !== 'S0' && isRated(rating)) as {
		item: CountedItem;
		rating: number;
	}[];
	for (const { item, rating } of rated) {
		const beside = rated.filter((other) => dimension(other.item) === dimension(item)).length;
		const w = millionths(1, beside);
		const sums = (y: number, o: number) => [w * y, y, y * y, y * o, o, o * o];
		const top2 = sums(rating >= 4 ? MILLION : 0, overall >= 4 ? MILLION : 0);
		const mean = sums((rating * MILLION) / 5, (overall * MILLION) / 5);
		add('item', item.code, [1, w, ...top2, ...mean]);
	}
}

/** Hands everything that a response adds to `add`. */
export function countResponse(items: CountedItem[], response: CountedResponse, add: Add): void {
	countRatings(items, response, add);
	countMeasures(items, response, add);
	for (const [fact, choices] of Object.entries(response.facts ?? {})) {
		// Choice 0 holds the persons who answered at all.
		for (const choice of [0, ...choices]) add('fact', `${fact}:${choice}`, [1]);
	}
	countAssociations(items, response, add);
}
