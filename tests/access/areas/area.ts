// What one area of the product adds to the access matrix: who reads its tables and calls its functions where, with
// which arguments a call gets past the question of rights, and one row of each of its tables at each place.

import type { Fixture, Ground } from '../fixture.ts';
import type { Cells, Place } from '../places.ts';

export type Arguments = Record<string, unknown>;
export type MakeArguments = (place: Place, fixture: Fixture) => Arguments | Promise<Arguments>;

export interface Area {
	/** Tables of the schema public. */
	reads: Record<string, Cells>;
	/** Functions of the schema public. */
	calls: Record<string, Cells>;
	/** Arguments of the calls; a function without an entry takes none. */
	makers: Record<string, MakeArguments>;
	/** Puts the rows of its tables, one per place that the matrix names. */
	fill?(ground: Ground): Promise<void>;
}
