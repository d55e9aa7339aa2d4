// Random small worlds for property-based tests: an organisation with a tree of units and points, and a story of days
// on which people answer, figures are released, and things are moved about. fast-check draws them; a failing one is
// printed with its seed. How they are lived: story.ts.

import fc from 'fast-check';

export interface World {
	scheme: 'administrative' | 'calendar';
	/** Parent of each unit: -1 for the root, else the index of an earlier unit. */
	parents: number[];
	points: { unit: number; decides: number; alone: boolean; form: 0 | 1 }[];
	days: Day[];
}

/** What happens after so many days have passed. */
export interface Day {
	passes: number;
	answers: Answers[];
	/** Move a unit (index) below another or the root, or a point to another unit. */
	moves: { what: 'unit' | 'point'; which: number; to: number }[];
	/** What somebody does about flagged answers. */
	reviews: Review[];
	releases: boolean;
}

/** A proposal to exclude (at a unit, or a point), and decisions on the n-th of those that wait or are in force. */
export interface Review {
	what: 'propose' | 'agree' | 'refuse' | 'end';
	which: number;
	at: 'unit' | 'point';
	rule: Flag;
	period: 'month' | 'quarter' | 'year';
}
export type Flag = 'fast' | 'burst' | 'straight';

/** Some equal answers at one point; `late` days ago. */
export interface Answers {
	point: number;
	count: number;
	late: number;
	ratings: (number | null)[];
	fact: number;
	pool: 'open' | 'verified' | 'imported';
	channel: 'qr' | 'paper';
	comment: boolean;
	flag: Flag | null;
}

const rating = fc.oneof(
	{ weight: 5, arbitrary: fc.integer({ min: 1, max: 5 }) },
	{ weight: 1, arbitrary: fc.constant(0) },
	{ weight: 1, arbitrary: fc.constant(null) }
);
const answers: fc.Arbitrary<Answers> = fc.record({
	point: fc.nat(9),
	count: fc.oneof(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 7, max: 25 })),
	late: fc.oneof({ weight: 4, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.nat(40) }),
	ratings: fc.array(rating, { minLength: 6, maxLength: 6 }),
	fact: fc.nat(3),
	pool: fc.constantFrom('open', 'open', 'open', 'verified', 'imported'),
	channel: fc.constantFrom('qr', 'qr', 'paper'),
	comment: fc.boolean(),
	flag: fc.oneof(
		{ weight: 2, arbitrary: fc.constant(null) },
		{ weight: 1, arbitrary: fc.constantFrom('fast', 'fast', 'burst') }
	)
});
const stuffed = answers.map((some) => ({ ...some, count: some.count + 2, late: 0 }));
const review: fc.Arbitrary<Review> = fc.record({
	what: fc.oneof(
		{ weight: 4, arbitrary: fc.constant('propose') },
		{ weight: 6, arbitrary: fc.constant('agree') },
		{ weight: 1, arbitrary: fc.constantFrom('refuse', 'end') }
	),
	which: fc.oneof({ weight: 2, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.nat(5) }),
	at: fc.constantFrom('unit', 'unit', 'point'),
	rule: fc.constantFrom('fast', 'fast', 'burst', 'straight'),
	period: fc.constantFrom('month', 'quarter', 'year', 'year')
}) as fc.Arbitrary<Review>;

/**
 * A world of up to 6 units and 6 points, and a story of up to `most` days. In a stuffed one there are few points and
 * many flagged answers, and the story is longer: exclusions take effect and end.
 */
export const world = (most: number, isStuffed = false): fc.Arbitrary<World> =>
	fc.record({
		scheme: fc.constantFrom('administrative', 'calendar'),
		parents: fc
			.array(fc.nat(5), { minLength: 2, maxLength: 6 })
			.map((list) => list.map((n, i) => Math.min(n, i) - 1)),
		points: fc.array(
			fc.record({
				unit: fc.nat(5),
				decides: fc.nat(5),
				alone: fc.oneof(
					{ weight: 4, arbitrary: fc.constant(false) },
					{ weight: 1, arbitrary: fc.constant(true) }
				),
				form: fc.constantFrom(0, 0, 1)
			}),
			{ minLength: isStuffed ? 1 : 2, maxLength: isStuffed ? 3 : 6 }
		),
		days: fc.array(
			fc.record({
				passes: fc.oneof(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 30 })),
				answers: fc.array(isStuffed ? stuffed : answers, {
					minLength: isStuffed ? 2 : 1,
					maxLength: 6
				}),
				moves: fc.oneof(
					{ weight: 5, arbitrary: fc.constant([]) },
					{
						weight: 1,
						arbitrary: fc.array(
							fc.record({
								what: fc.constantFrom('unit', 'point'),
								which: fc.nat(5),
								to: fc.nat(6)
							}),
							{ minLength: 1, maxLength: 2 }
						)
					}
				),
				reviews: fc.array(review, isStuffed ? { minLength: 2, maxLength: 6 } : { maxLength: 2 }),
				releases: fc.oneof(
					{ weight: 4, arbitrary: fc.constant(true) },
					{ weight: 1, arbitrary: fc.constant(false) }
				)
			}),
			{ minLength: isStuffed ? most / 2 : 1, maxLength: most }
		)
	}) as fc.Arbitrary<World>;
